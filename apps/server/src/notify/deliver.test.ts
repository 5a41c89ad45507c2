import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { type ChannelKind, defineChannel } from './channel.ts';
import { type Outcome, prepareDelivery } from './deliver.ts';
import { factsOf } from './facts.ts';
import { DeliveryError } from './failure.ts';
import type { QueuedDelivery } from './load.ts';
import type { Message } from './message.ts';
import { aMessageCheck, testPorts } from './testing/messages.ts';
import { en } from './texts/en.ts';

const SECRET = 'https://x.test/very-secret-token';

function aDelivery(own: Partial<QueuedDelivery> = {}): QueuedDelivery {
  return {
    id: 1,
    key: 'f:1',
    kind: 'firing',
    lane: '1:1',
    attempts: 0,
    createdAt: 1000,
    projectId: 1,
    projectName: 'Shop',
    userId: null,
    channel: { id: 1, kind: 'fake', settings: JSON.stringify({ url: SECRET }), disabled: false },
    flip: { status: 'down', reason: 'fail', at: 1000, downSince: 1000 },
    flipId: 'f',
    alert: null,
    checkId: 1,
    check: aMessageCheck(),
    lastPing: null,
    silence: null,
    digest: null,
    ...own,
  };
}

/** What becomes of a delivery through a channel that answers as told. */
async function outcome(
  delivery: QueuedDelivery,
  behaviour: {
    send?: (message: Message) => Promise<string>;
    declines?: (message: Message) => string | null;
  } = {},
): Promise<Outcome> {
  const kind = defineChannel({
    kind: 'fake',
    title: 'Fake',
    healthchecks: 'fake',
    alertmanager: 'fake',
    settings: z.strictObject({ url: z.string().meta({ secret: true }) }),
    destination: () => ({ host: 'h', account: 'a' }),
    declines: (message) => behaviour.declines?.(message) ?? null,
    send: async (message) => ({ text: (await behaviour.send?.(message)) ?? 'ok' }),
  });
  const find = (name: string): ChannelKind | undefined => (name === 'fake' ? kind : undefined);
  const prepared = prepareDelivery(delivery, find, {
    baseUrl: 'https://vigie.test',
    ackLink: () => 'https://vigie.test/ack/a-token-of-some-length',
  });
  return 'outcome' in prepared ? prepared.outcome : prepared.send(testPorts());
}

test('what cannot be sent says why before anything is called', async () => {
  const channel = { id: 1, kind: 'fake', settings: '{}', disabled: false };
  const cases: [Partial<QueuedDelivery>, string][] = [
    [{ channel: null }, 'skipped: the channel was deleted'],
    [{ channel: { ...channel, disabled: true } }, 'skipped: the channel is disabled'],
    [{ channel: { ...channel, kind: 'fax' } }, 'failed: there is no kind of channel named fax'],
    [{ channel }, 'failed: the stored settings of the channel are not valid any more'],
    [
      { channel: { ...channel, settings: 'no JSON' } },
      'failed: the stored settings of the channel are not valid any more',
    ],
    [{ check: null, flip: null }, 'skipped: the check was deleted'],
    [{ flip: null }, 'skipped: the event was cleared'],
  ];
  for (const [own, expected] of cases) {
    const result = await outcome(aDelivery(own), { send: async () => assert.fail('it was sent') });
    const text = result.state === 'skipped' ? result.reason : result.state === 'failed' ? result.message : '';
    assert.equal(`${result.state}: ${text}`, expected);
  }
});

test('the message tells of the flip, not of what came after it', async () => {
  let seen: Message | undefined;
  const check = aMessageCheck({ status: 'up', tags: 'a tier2' });
  await outcome(aDelivery({ check }), {
    async send(message) {
      seen = message;
      return '';
    },
  });
  assert.equal(seen?.status, 'down');
  assert.equal(seen?.check.status, 'down');
  assert.equal(seen?.severity, 'warning');
  assert.equal(seen?.links.check, `https://vigie.test/cloaked/${check.unique_key}/`);
});

test('no link or text of ours holds the check’s UUID', async () => {
  let seen = '';
  await outcome(aDelivery(), {
    async send({ links, project }) {
      seen = JSON.stringify({ links, project });
      return '';
    },
  });
  assert.ok(!seen.includes(aMessageCheck().code));
});

test('answers and errors are cut, and secrets masked', async () => {
  const sent = await outcome(aDelivery(), { send: async () => `got ${SECRET} ${'x'.repeat(1000)}` });
  assert.ok(sent.state === 'sent' && sent.answer.length === 500 && sent.answer.startsWith('got *** x'));
  const failed = await outcome(aDelivery(), {
    send: async () => {
      throw new DeliveryError(`no /very-secret-token`, { retryable: false, permanent: true, retryAfter: 7 });
    },
  });
  const expected = { state: 'failed', message: 'no ***', retryable: false, retryAfter: 7, permanent: true };
  assert.deepEqual(failed, expected);
});

test('a fault of ours is tried again, and as careful with secrets', async () => {
  const result = await outcome(aDelivery(), {
    send: async () => {
      throw new TypeError(`cannot read ${SECRET}`);
    },
  });
  assert.deepEqual(result, {
    state: 'failed',
    message: 'the message could not be made: cannot read ***',
    retryable: true,
    retryAfter: null,
    permanent: false,
  });
});

test('a message whose text cannot be made goes out as a plain one that says so', async () => {
  const seen: Message[] = [];
  const result = await outcome(aDelivery(), {
    async send(message) {
      seen.push(message);
      if (message.summary === null) throw new TypeError(`a template that knows ${SECRET} is broken`);
      return 'taken';
    },
  });
  const reason = 'a template that knows *** is broken';
  assert.deepEqual(result, {
    state: 'sent',
    answer: `sent plain, for its text could not be made: ${reason}; taken`,
  });
  const plain = seen[1] ?? assert.fail('nothing more was sent');
  assert.equal(plain.summary, `the usual text could not be made: ${reason}`);
  assert.deepEqual(
    [plain.key, plain.status, plain.check.name, plain.at, plain.downSince],
    ['f:1', 'down', 'Nightly backup', 1000, 1000],
  );
});

test('the same holds for what cannot even be put together', async () => {
  const labels = null as unknown as Record<string, string>;
  const alert = { id: 7, name: 'DiskFull', labels, annotations: {}, startsAt: 0, drill: false };
  const delivery = { flip: null, flipId: null, check: null, checkId: null };
  const seen: Message[] = [];
  const send = async (message: Message) => String(seen.push(message));
  await outcome(aDelivery({ ...delivery, alert: { ...alert, severity: 'error' } }), { send });
  assert.match(seen[0]?.summary ?? '', /^the usual text could not be made: /);
  assert.equal(seen[0]?.check.name, 'DiskFull');
});

test('what a channel does not want is not sent', async () => {
  const result = await outcome(aDelivery(), { declines: () => 'no thanks' });
  assert.deepEqual(result, { state: 'skipped', reason: 'no thanks' });
});

test('a test tells of an outage, or of a recovery where no outages are wanted, also when disabled', async () => {
  const statuses: string[] = [];
  const send = async ({ status, kind, check }: Message): Promise<string> => {
    statuses.push(`${kind} ${check.name} ${status} ${check.status}`);
    return '';
  };
  const settings = JSON.stringify({ url: SECRET });
  const channel = { id: 1, kind: 'fake', settings, disabled: true };
  const delivery = aDelivery({ kind: 'test', flip: null, check: null, channel });
  await outcome(delivery, { send });
  await outcome(delivery, { send, declines: ({ status }) => (status === 'down' ? 'no' : null) });
  assert.deepEqual(statuses, ['test TEST down down', 'test TEST up up']);
  assert.equal((await outcome(delivery, { send, declines: () => 'no' })).state, 'skipped');
});

test('an answer that repeats the link that acknowledges does not give it to readers of the ledger', async () => {
  const alert = { id: 5, name: 'x', labels: {}, annotations: {}, startsAt: 0, drill: false };
  const delivery = aDelivery({ alert: { ...alert, severity: 'error' } });
  const send = async ({ links }: Message) => `got ${links.ack} and a-token-of-some-length`;
  assert.deepEqual(await outcome(delivery, { send }), { state: 'sent', answer: 'got *** and ***' });
});

test('what is no outage of its check has a name and a key of its own, and tells of no ping', async () => {
  const seen: Message[] = [];
  const alert = {
    id: 7,
    name: 'RunTooLong',
    labels: { alertname: 'RunTooLong', check: 'Backup' },
    annotations: { summary: 'the run has gone on for more than 5 min' },
    startsAt: 1000,
    drill: false,
    severity: 'warning',
  } as const;
  for (const name of ['RunTooLong', 'CheckDown']) {
    await outcome(aDelivery({ flip: null, flipId: null, alert: { ...alert, name } }), {
      async send(message) {
        seen.push(message);
        return '';
      },
    });
  }
  const [long, down] = seen.map(({ check }) => [check.name, check.unique_key]);
  const { name, unique_key: key } = aMessageCheck();
  assert.deepEqual(long, ['RunTooLong (Backup)', 'vigie-alert-7']);
  assert.deepEqual(down, [name, key]);
  const [first] = seen;
  assert.ok(first !== undefined);
  const facts = factsOf(first, en, 2000).map(({ label, text }) => `${label}: ${text}`);
  assert.ok(facts.includes('Reason: the run has gone on for more than 5 min'), facts.join());
  assert.ok(!facts.some((fact) => fact.startsWith('Last ping')), facts.join());
});
