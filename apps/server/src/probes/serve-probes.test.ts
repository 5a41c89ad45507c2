import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { until } from '../../test/support/until.ts';
import { ProbeFailure } from './failure.ts';
import { defineProbe, type ProbeKind } from './kind.ts';
import type { FromThread, ToThread } from './messages.ts';
import type { ProbeSpec, Run } from './model.ts';
import { serveProbes } from './serve-probes.ts';

/** A kind whose runs do as told. */
function kindOf(run: (name: string) => Promise<void>): ProbeKind {
  return defineProbe({
    kind: 'told',
    title: 'Told',
    interval: 60,
    timeout: 1,
    settings: z.strictObject({ name: z.string() }),
    instance: ({ name }) => name,
    probe: ({ name }) => run(name),
  });
}

function spec(name: string, own: Partial<ProbeSpec> = {}): ProbeSpec {
  const id = name.charCodeAt(0);
  return {
    ...{
      checkId: id,
      projectId: 1,
      code: name,
      kind: 'told',
      settings: JSON.stringify({ name }),
      revision: 1,
    },
    ...{ interval: 3_600_000, timeout: 2_000, parents: [], isFresh: false },
    ...own,
  };
}

function serving(t: TestContext, run: (name: string) => Promise<void>) {
  const sent: FromThread[] = [];
  const tell: (message: ToThread) => void = serveProbes([kindOf(run)], {}, (message) => sent.push(message));
  t.after(() => tell({ type: 'drop', codes: ['a', 'b', 'c', 'd', 'e', 'g', 'p'] }));
  const runs = (): Run[] => sent.flatMap((message) => (message.type === 'ran' ? message.runs : []));
  const once = async (request: { name?: string; kind?: string; parents?: string[] }) => {
    const { name = 'a', kind = 'told', parents = [] } = request;
    const made = { ticket: sent.length + 1, kind, settings: { name }, timeout: 1_000, projectId: 1 };
    tell({ type: 'once', request: { ...made, checkId: 7, parents } });
    return until('its answer', 5_000, () => sent.find((one) => one.type === 'once'));
  };
  return { tell, sent, runs, once };
}

const failing = async (): Promise<void> => {
  throw new ProbeFailure('timeout', 'no answer');
};

/** A port where nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('what was changed while it ran is looked at at once as it is now', async (t) => {
  const begun: string[] = [];
  const { tell, runs } = serving(t, async (name) => {
    begun.push(name);
    if (name === 'hangs') await new Promise(() => undefined);
  });
  tell({ type: 'set', specs: [spec('a', { settings: JSON.stringify({ name: 'hangs' }), isFresh: true })] });
  await until('the first run', 5_000, () => begun.length === 1);
  tell({
    type: 'set',
    specs: [spec('a', { settings: JSON.stringify({ name: 'well' }), revision: 2, isFresh: true })],
  });
  await until('the run of what it is now', 5_000, () => runs().length === 1);
  assert.deepEqual([runs()[0]?.revision, runs()[0]?.result.failure], [2, null]);
});

test('a run that somebody waits for says nothing of its service while our own uplink is gone', async (t) => {
  const { tell, once } = serving(t, failing);
  const targets = { allowPrivate: true, allow: [] };
  // A name that never exists (RFC 6761).
  tell({ type: 'rules', rules: { targets, uplink: [{ host: 'nothing.invalid', port: 1 }] } });
  assert.equal((await once({})).isCutOff, true);
});

test('an uplink that answers leaves the fault with the service', async (t) => {
  const { tell, once } = serving(t, failing);
  const targets = { allowPrivate: true, allow: [] };
  tell({ type: 'rules', rules: { targets, uplink: [{ host: '127.0.0.1', port: await deadPort() }] } });
  assert.equal((await once({})).isCutOff, false);
});

test('what a failed run depends on is told of before it, also where another node probes it', async (t) => {
  for (const own of [{}, { isGuest: true }]) {
    const { tell, sent, once } = serving(t, failing);
    tell({ type: 'set', specs: [spec('p', own)] });
    await once({ parents: ['p'] });
    assert.deepEqual(
      sent.map(({ type }) => type),
      ['ran', 'once'],
    );
  }
});

test('what is down is not hammered by all that depends on it', async (t) => {
  let looks = 0;
  const { tell, runs } = serving(t, async (name) => {
    if (name === 'p') looks += 1;
    await failing();
  });
  tell({ type: 'set', specs: [spec('p')] });
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    tell({ type: 'set', specs: [spec(name, { parents: ['p'], isFresh: true })] });
    await until(`the run of ${name}`, 5_000, () =>
      runs().some(({ checkId }) => checkId === name.charCodeAt(0)),
    );
  }
  assert.equal(looks, 1);
});

test('a guest has no turn of its own', async (t) => {
  const { tell, runs } = serving(t, async () => undefined);
  tell({ type: 'set', specs: [spec('g', { isGuest: true, isFresh: true }), spec('a', { isFresh: true })] });
  await until('the run of the other', 5_000, () => runs().length > 0);
  assert.deepEqual(
    runs().map(({ checkId }) => checkId),
    ['a'.charCodeAt(0)],
  );
});

test('a kind that is not known, and settings that do not fit it, are a matter of settings', async (t) => {
  const { once } = serving(t, async () => undefined);
  const unknown = await once({ kind: 'newer' });
  assert.deepEqual(unknown.result.failure, {
    reason: 'config',
    message: 'there is no kind of probe called newer',
    phase: null,
  });
  const other = serving(t, async () => undefined);
  other.tell({ type: 'set', specs: [spec('a', { settings: JSON.stringify({ nome: 'x' }), isFresh: true })] });
  await until('its run', 5_000, () => other.runs().length === 1);
  const failure = other.runs()[0]?.result.failure;
  assert.equal(failure?.reason, 'config');
  assert.match(failure?.message ?? '', /^the settings do not fit the kind told: settings.name /);
});
