import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NOON, type TestStore, testStore } from '../testing/test-store.ts';
import { historyOf } from './history.ts';
import { checksWhere } from './queries.ts';
import { DAY, HOUR } from './rollup.ts';

/** A check of one minute, made at noon, that went down at once by a failure. */
async function downSinceNoon(): Promise<TestStore> {
  const test = await testStore();
  const project = { name: 'P', environments: ['production'], pingKey: 'p', ownerId: null, actor: 'x' };
  await test.writer.run('projects.create', project);
  const fields = { timeout: 60, grace: 60 };
  const input = { projectId: 1, code: null, fields, channels: null, match: null };
  const { check } = await test.writer.run('checks.create', input);
  await ping(test, check.code, 'fail');
  return test;
}

async function ping(test: TestStore, code: string, action: 'fail' | 'success'): Promise<void> {
  await test.writer.run('checks.ping', {
    target: { code },
    action,
    exitstatus: null,
    fault: null,
    scheme: 'http',
    remoteAddr: '127.0.0.1',
    method: 'GET',
    userAgent: '',
    rid: null,
    body: null,
    logLimit: 100,
    mail: null,
    at: test.clock.now(),
    receivedAt: test.clock.now(),
  });
}

async function history(test: TestStore, period: 'h' | 'd', from: number, until: number) {
  const [check] = await checksWhere(test.store.db, { projectId: 1 });
  assert.ok(check);
  return historyOf(test.store.db, check, { period, from, until }, test.clock.now());
}

describe('the history of a check', () => {
  it('counts the time down of hours that nothing closed yet', async () => {
    await using test = await downSinceNoon();
    await test.clock.advance(2.5 * HOUR);
    const { entries, total } = await history(test, 'h', NOON - HOUR, NOON + 6 * HOUR);
    assert.deepEqual(
      entries.map(({ start, sums, uptime }) => [start - NOON, sums.down_ms, sums.failures, uptime]),
      [
        [0, HOUR, 1, 0],
        [HOUR, HOUR, 0, 0],
        [2 * HOUR, 0.5 * HOUR, 0, 0],
      ],
    );
    assert.equal(total.sums.down_ms, 2.5 * HOUR);
    assert.equal(total.uptime, 0);
  });

  it('adds closed hours to the one that runs, without counting twice', async () => {
    await using test = await downSinceNoon();
    const [check] = await checksWhere(test.store.db, { projectId: 1 });
    await test.clock.advance(1.5 * HOUR);
    await ping(test, check?.code ?? '', 'success');
    await test.clock.advance(0.5 * HOUR);
    const { total } = await history(test, 'd', NOON - (NOON % DAY), NOON + DAY);
    assert.equal(total.sums.down_ms, 1.5 * HOUR);
    assert.equal(total.sums.successes, 1);
    assert.equal(total.uptime, 0.25);
  });

  it('says nothing of the time before the check', async () => {
    await using test = await downSinceNoon();
    const { entries, total } = await history(test, 'd', NOON - 9 * DAY, NOON - DAY);
    assert.deepEqual(entries, []);
    assert.equal(total.uptime, null);
  });
});
