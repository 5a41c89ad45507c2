import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOON, testStore } from '../testing/test-store.ts';
import { DEFAULT_FIELDS, firstState } from './create.ts';
import { EXPIRE_BATCH } from './expire.ts';

/** Rows in one statement: SQLite takes 32,766 parameters. */
const PAGE = 500;

/** A store of checks whose deadlines lie one millisecond apart, the last of them now. */
async function dueChecks(count: number) {
  const test = await testStore();
  for (let from = 0; from < count; from += PAGE) {
    const ids = Array.from({ length: Math.min(PAGE, count - from) }, (_, i) => from + i + 1);
    const checks = ids.map((id) => ({ ...DEFAULT_FIELDS, ...namesOf(id), id, project_id: 1 }));
    const states = ids.map((id) => {
      const deadline = NOON - count + id;
      const last = deadline - (DEFAULT_FIELDS.timeout + DEFAULT_FIELDS.grace) * 1000;
      return { ...firstState(id, 0), status: 'up', last_ping: last, alert_after: deadline };
    });
    await test.store.db.insertInto('checks').values(checks).execute();
    await test.store.db.insertInto('check_states').values(states).execute();
  }
  return test;
}

function namesOf(id: number) {
  const names = {
    name: `check ${id}`,
    slug: '',
    code: `code ${id}`,
    badge_key: `badge ${id}`,
    unique_key: '',
  };
  return { ...names, created_at: 0, updated_at: 0, revision: 1 };
}

test('what one transaction does not take down is left, and told with the moments of what it took', async () => {
  await using t = await dueChecks(EXPIRE_BATCH + 1);
  const first = await t.writer.run('checks.expire', null);
  assert.equal(first.isLeft, true);
  assert.equal(first.next, NOON);
  assert.deepEqual(
    first.deadlines,
    Array.from({ length: EXPIRE_BATCH }, (_, i) => NOON - EXPIRE_BATCH + i),
  );
  const second = await t.writer.run('checks.expire', null);
  assert.deepEqual(second, { deadlines: [NOON], isLeft: false, next: null, faults: [] });
});

test('a batch that takes all there is leaves nothing', async () => {
  await using t = await dueChecks(EXPIRE_BATCH);
  const { deadlines, isLeft } = await t.writer.run('checks.expire', null);
  assert.deepEqual([deadlines.length, isLeft], [EXPIRE_BATCH, false]);
});
