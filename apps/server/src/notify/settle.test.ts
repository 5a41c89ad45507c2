import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '../work/queue.ts';
import { KEPT_ATTEMPTS } from './ledger.ts';
import type { ChannelResult, Settlement } from './settle.ts';
import { type NotifyStore, notifyStore } from './testing/notify-store.ts';

/** A check that failed, with its delivery claimed. */
async function claimed(t: NotifyStore): Promise<{ code: string; claim: Claim; deliveryId: number }> {
  const [code = ''] = await t.checks(1);
  await t.ping(code, 'fail');
  const { claims } = await claim(t);
  const [delivery] = (await t.deliveries()).slice(-1);
  assert.ok(claims[0] && delivery);
  return { code, claim: claims[0], deliveryId: delivery.id };
}

function claim(t: NotifyStore, lease = 1000) {
  return t.writer.run('work.claim', { kind: 'delivery', owner: 'node', lease, limit: 10 });
}

function settlement(
  { claim, deliveryId }: { claim: Claim; deliveryId: number },
  result: Partial<ChannelResult> | null,
  again: number | null = null,
): Settlement {
  const defaults = { at: 1, duration: 2, answer: 'ok', error: '', disable: false, state: 'sent' as const };
  return {
    lane: claim.key,
    owner: 'node',
    fence: claim.fence,
    result: result === null ? null : { deliveryId, channelId: 1, ...defaults, ...result },
    again,
  };
}

test('a message that got through ends its lane', async () => {
  await using t = await notifyStore();
  const channel = await t.channel('slack', { url: 'https://x.test/' });
  const job = await claimed(t);
  assert.equal(await t.writer.run('notify.settle', settlement(job, {})), 'settled');
  const [delivery] = await t.deliveries();
  assert.deepEqual(
    [delivery?.state, delivery?.attempts, delivery?.answer, delivery?.finished_at],
    ['sent', 1, 'ok', t.clock.now()],
  );
  assert.deepEqual(await t.attempts(), ['1.1 sent ok']);
  assert.deepEqual(await t.lanes(), []);
  const row = await t.store.db.selectFrom('channels').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.last_notify_at, row.last_notify_duration, row.last_error], [1, 2, '']);
  const changed = t.effects.filter((effect) => effect.type === 'changed').slice(-2);
  assert.deepEqual(
    changed.map(({ noun, ids }) => `${noun} ${ids}`),
    [`delivery ${delivery?.key}`, `channel ${channel.code}`],
  );
});

test('a message that is tried again stays at the head of its lane', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  const job = await claimed(t);
  const again = t.clock.now() + 5000;
  await t.writer.run(
    'notify.settle',
    settlement(job, { state: 'queued', error: 'HTTP 503', answer: '' }, again),
  );
  await t.ping(job.code, 'success');
  assert.deepEqual(
    (await t.deliveries()).map(({ state, error }) => `${state} ${error}`),
    ['queued HTTP 503', 'queued '],
  );
  assert.deepEqual(await t.attempts(), ['1.1 retry HTTP 503']);
  const [lane] = await t.lanes();
  assert.deepEqual([lane?.due_at, lane?.owner], [again, null]);
  assert.equal((await claim(t)).claims.length, 0);
  await t.clock.advance(5000);
  assert.equal((await claim(t)).claims.length, 1);
});

test('the next message of a lane is due as soon as the one before is through', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  const [code = ''] = await t.checks(1);
  await t.ping(code, 'fail');
  const { claims } = await claim(t);
  assert.ok(claims[0]);
  await t.ping(code, 'success');
  await t.writer.run('notify.settle', settlement({ claim: claims[0], deliveryId: 1 }, {}));
  const [lane] = await t.lanes();
  assert.equal(lane?.due_at, t.clock.now());
  assert.deepEqual(t.effects.at(-1), { type: 'work', kind: 'delivery', at: t.clock.now() });
});

test('whoever lost the lease changes nothing, and leaves a trace', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  const slow = await claimed(t);
  await t.clock.advance(1000);
  const { claims } = await claim(t);
  assert.ok(claims[0]);
  assert.equal(await t.writer.run('notify.settle', settlement(slow, { disable: true })), 'lost');
  const [delivery] = await t.deliveries();
  assert.deepEqual([delivery?.state, delivery?.attempts], ['queued', 1]);
  assert.deepEqual(await t.attempts(), ['1.1 lost ok']);
  const channel = await t.store.db.selectFrom('channels').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([channel.last_notify_at, channel.disabled], [null, 0]);
  const quick = { ...slow, claim: claims[0] };
  assert.equal(await t.writer.run('notify.settle', settlement(quick, {})), 'settled');
  assert.deepEqual(await t.attempts(), ['1.1 lost ok', '1.2 sent ok']);
});

test('whoever slept until the lane was somebody else’s gives nothing back, though the fence is the same', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  const slow = await claimed(t);
  await t.clock.advance(1000);
  const { claims } = await claim(t);
  assert.ok(claims[0]);
  await t.writer.run('notify.settle', settlement({ ...slow, claim: claims[0] }, {}));
  await t.ping(slow.code, 'success');
  const other = { kind: 'delivery', owner: 'another node', lease: 1000, limit: 10 };
  const taken = await t.writer.run('work.claim', other);
  assert.equal(taken.claims[0]?.fence, slow.claim.fence);
  assert.equal(await t.writer.run('notify.settle', settlement(slow, null)), 'lost');
  const [lane] = await t.lanes();
  assert.equal(lane?.owner, 'another node');
});

test('a channel that cannot work any more is switched off, and says why', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  const job = await claimed(t);
  const failed = { state: 'failed', error: 'HTTP 404: no_service', answer: '', disable: true } as const;
  await t.writer.run('notify.settle', settlement(job, failed));
  const channel = await t.store.db.selectFrom('channels').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([channel.disabled, channel.last_error], [1, 'HTTP 404: no_service']);
  await t.ping(job.code, 'success');
  assert.equal((await t.deliveries()).length, 1);
});

test('a lane is given back untried', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  const job = await claimed(t);
  await t.writer.run('notify.settle', settlement(job, null, t.clock.now() + 10));
  assert.deepEqual(await t.attempts(), []);
  const [delivery] = await t.deliveries();
  assert.deepEqual([delivery?.state, delivery?.attempts], ['queued', 0]);
  assert.equal((await t.lanes())[0]?.due_at, t.clock.now() + 10);
});

test('an empty lane ends', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  const job = await claimed(t);
  await t.store.db.deleteFrom('deliveries').execute();
  assert.equal(await t.writer.run('notify.settle', settlement(job, null)), 'settled');
  assert.deepEqual(await t.lanes(), []);
});

test('results that come together are written together, each for its own lane', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  const codes = await t.checks(5);
  for (const code of codes) await t.ping(code, 'fail');
  const { claims } = await claim(t);
  const rows = await t.deliveries();
  const settled = await Promise.all(
    claims.map((own, i) => {
      const deliveryId = rows.find(({ lane }) => lane === own.key)?.id ?? 0;
      const job = { claim: i === 2 ? { ...own, fence: 99 } : own, deliveryId };
      return t.writer.run('notify.settle', settlement(job, { answer: own.key }));
    }),
  );
  assert.deepEqual(settled, ['settled', 'settled', 'lost', 'settled', 'settled']);
  for (const { lane, state, answer } of await t.deliveries()) {
    assert.equal(answer, lane === claims[2]?.key ? '' : lane);
    assert.equal(state, lane === claims[2]?.key ? 'queued' : 'sent');
  }
});

test('what other nodes are told of many results is in pieces that PostgreSQL carries', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  for (const code of await t.checks(150)) await t.ping(code, 'fail');
  const { claims } = await t.writer.run('work.claim', {
    kind: 'delivery',
    owner: 'node',
    lease: 1000,
    limit: 150,
  });
  const ids = new Map((await t.deliveries()).map(({ lane, id }) => [lane, id]));
  const results = claims.map((own) => settlement({ claim: own, deliveryId: ids.get(own.key) ?? 0 }, {}));
  await Promise.all(results.map((result) => t.writer.run('notify.settle', result)));
  const told = t.effects.filter((effect) => effect.type === 'changed' && effect.noun === 'delivery');
  assert.equal(told.flatMap((effect) => ('ids' in effect ? effect.ids : [])).length, 150);
  assert.ok(told.every((effect) => 'ids' in effect && effect.ids.length <= 100));
});

test('of many tries the first are kept one by one, and the last', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  const [code = ''] = await t.checks(1);
  await t.ping(code, 'fail');
  for (let i = 1; i <= KEPT_ATTEMPTS + 3; i++) {
    const { claims } = await claim(t);
    assert.ok(claims[0]);
    const failed = { state: 'queued', error: `no ${i}` } as const;
    await t.writer.run(
      'notify.settle',
      settlement({ claim: claims[0], deliveryId: 1 }, failed, t.clock.now()),
    );
  }
  const attempts = await t.attempts();
  assert.equal(attempts.length, KEPT_ATTEMPTS);
  assert.equal(attempts.at(-2), `1.${KEPT_ATTEMPTS - 1} retry no ${KEPT_ATTEMPTS - 1}`);
  assert.equal(attempts.at(-1), `1.${KEPT_ATTEMPTS} retry no ${KEPT_ATTEMPTS + 3}`);
  assert.equal((await t.deliveries())[0]?.attempts, KEPT_ATTEMPTS + 3);
});
