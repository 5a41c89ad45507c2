import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextDeliveries, pingBody } from './load.ts';
import { notifyStore } from './testing/notify-store.ts';

const MINUTE = 60_000;

test('the oldest queued delivery of a lane comes with all its message needs', async () => {
  await using t = await notifyStore();
  const channel = await t.channel('slack', { url: 'https://x.test/' });
  const [code = ''] = await t.checks(1, { name: 'Backup', tags: 'tier1' });
  await t.ping(code, 'success', 'fine');
  await t.clock.advance(MINUTE);
  await t.ping(code, 'fail', 'disk full');
  await t.clock.advance(5 * MINUTE);
  await t.ping(code, 'success');
  await t.clock.advance(MINUTE);
  await t.ping(code, 'log', 'later than both');
  const lanes = (await t.lanes()).map(({ key }) => key);
  const [delivery, ...others] = await nextDeliveries(t.store.db, [...lanes, 'no:lane']);
  assert.equal(others.length, 0);
  assert.ok(delivery);
  assert.equal(delivery.lane, `${delivery.check?.check_id}:${channel.id}`);
  assert.equal(delivery.check?.name, 'Backup');
  assert.equal(delivery.projectName, 'Shop');
  assert.equal(delivery.channel?.kind, 'slack');
  const start = t.clock.now() - 7 * MINUTE;
  const failedAt = start + MINUTE;
  assert.deepEqual(delivery.flip, { status: 'down', reason: 'fail', at: failedAt, downSince: failedAt });
  assert.deepEqual(delivery.lastPing, {
    n: 2,
    created_at: failedAt,
    kind: 'fail',
    scheme: 'http',
    exitstatus: null,
    size: 9,
  });
  await t.store.db.updateTable('deliveries').set({ state: 'sent' }).where('id', '=', delivery.id).execute();
  const [next] = await nextDeliveries(t.store.db, lanes);
  const recovered = { status: 'up', reason: '', at: failedAt + 5 * MINUTE, downSince: failedAt };
  assert.deepEqual(next?.flip, recovered);
  assert.equal(next?.lastPing?.n, 3);
});

test('what was deleted meanwhile is missing, and nothing else', async () => {
  await using t = await notifyStore();
  const channel = await t.channel('slack', { url: 'https://x.test/' });
  const [gone = '', cleared = '', kept = ''] = await t.checks(3);
  for (const code of [gone, cleared, kept]) await t.ping(code, 'fail');
  await t.writer.run('checks.remove', { projectId: t.projectId, code: gone });
  await t.writer.run('checks.clear', { projectId: t.projectId, code: cleared });
  await t.store.db.deleteFrom('channels').where('id', '=', channel.id).execute();
  const lanes = (await t.lanes()).map(({ key }) => key);
  const loaded = await nextDeliveries(t.store.db, lanes);
  const seen = loaded.map(({ check, flip, channel }) => [check !== null, flip !== null, channel !== null]);
  assert.deepEqual(seen, [
    [false, false, false],
    [true, false, false],
    [true, true, false],
  ]);
  assert.deepEqual(await nextDeliveries(t.store.db, []), []);
});

test('of a body its first or its last bytes are read', async () => {
  await using t = await notifyStore();
  const [code = ''] = await t.checks(1);
  await t.ping(code, 'success', 'abcdef');
  await t.ping(code, 'success');
  const { id } = await t.store.db.selectFrom('checks').select('id').executeTakeFirstOrThrow();
  const read = async (
    n: number,
    size: number,
    limit: number,
    end: 'first' | 'last',
  ): Promise<string | null> => {
    const body = await pingBody(t.store.db, id, { n, size }, limit, end);
    return body === null ? null : Buffer.from(body).toString();
  };
  assert.equal(await read(1, 6, 4, 'first'), 'abcd');
  assert.equal(await read(1, 6, 4, 'last'), 'cdef');
  assert.equal(await read(1, 6, 10, 'first'), 'abcdef');
  assert.equal(await read(1, 6, 10, 'last'), 'abcdef');
  assert.equal(await read(2, 0, 10, 'last'), null);
  assert.equal(await read(9, 0, 10, 'first'), null);
});
