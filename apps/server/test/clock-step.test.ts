/** Promise 5: a step of the wall clock alone makes no check late, and hides no lateness. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckFields } from '../src/checks/create.ts';
import { aPing } from '../src/testing/checks.ts';
import { testServer } from './support/server.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** What the watch needs to notice a step. */
const NOTICED = 2 * SECOND;

/** A server with one check; times are told from its first ping. */
async function watchedCheck(own: Partial<CheckFields>) {
  const server = await testServer();
  const { app, clock } = server;
  const { store, writer } = app.context;
  const { id: projectId } = await store.db.selectFrom('projects').select('id').executeTakeFirstOrThrow();

  const pingOf = (code: string) =>
    writer.run('checks.ping', aPing(app.context.clock.now(), { target: { code } }));
  /** Makes a check and pings it. */
  async function add(fields: Partial<CheckFields>): Promise<string> {
    const all = { timeout: 480, grace: 120, ...fields };
    const input = { projectId, code: null, fields: all, channels: null, match: null };
    const { check } = await writer.run('checks.create', input);
    await pingOf(check.code);
    return check.code;
  }
  async function downCodes(): Promise<string[]> {
    const rows = await store.db
      .selectFrom('flips')
      .innerJoin('checks', 'checks.id', 'flips.check_id')
      .select('checks.code')
      .where('new_status', '=', 'down')
      .execute();
    return rows.map(({ code }) => code);
  }

  const code = await add(own);
  return {
    clock,
    add,
    downCodes,
    ping: () => pingOf(code),
    downs: async () => (await downCodes()).length,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const STEPS: [string, number][] = [
  ['forward by an hour', HOUR],
  ['backward by an hour', -HOUR],
  ['forward by two days', 48 * HOUR],
  ['backward by two days', -48 * HOUR],
];

for (const [name, step] of STEPS) {
  test(`a clock set ${name} leaves a period as long as it was`, async () => {
    await using check = await watchedCheck({});
    await check.clock.advance(5 * MINUTE);
    check.clock.step(step);
    await check.clock.advance(5 * MINUTE - 1);
    assert.equal(await check.downs(), 0);
    await check.clock.advance(SECOND);
    assert.equal(await check.downs(), 1);
  });

  test(`a clock set ${name} in the time of grace leaves the grace as long as it was`, async () => {
    await using check = await watchedCheck({});
    await check.clock.advance(9 * MINUTE);
    check.clock.step(step);
    await check.clock.advance(MINUTE - 1);
    assert.equal(await check.downs(), 0);
    await check.clock.advance(SECOND);
    assert.equal(await check.downs(), 1);
  });

  test(`a ping between a clock set ${name} and its notice counts from its own moment`, async () => {
    await using check = await watchedCheck({});
    await check.clock.advance(MINUTE);
    check.clock.step(step);
    await check.clock.advance(SECOND);
    await check.ping();
    await check.clock.advance(10 * MINUTE - 1);
    assert.equal(await check.downs(), 0);
    await check.clock.advance(SECOND);
    assert.equal(await check.downs(), 1);
  });
}

test('two steps that undo each other leave everything as it was', async () => {
  await using check = await watchedCheck({});
  check.clock.step(HOUR);
  await check.clock.advance(NOTICED);
  check.clock.step(-HOUR);
  await check.clock.advance(10 * MINUTE - NOTICED - 1);
  assert.equal(await check.downs(), 0);
  await check.clock.advance(SECOND);
  assert.equal(await check.downs(), 1);
});

test('slewing the clock, however far, makes no check late', async () => {
  await using check = await watchedCheck({});
  for (let i = 0; i < 60; i++) {
    check.clock.step(-4 * SECOND);
    await check.clock.advance(10 * SECOND - 1);
  }
  assert.equal(await check.downs(), 0);
});

/** Pinged at noon, expected once a day. */
const daily = (time: string) => ({ kind: 'cron', schedule: `${time} * * *`, grace: 60 }) as const;

test('cron follows a clock set forward', async () => {
  await using check = await watchedCheck(daily('0 18'));
  await check.clock.advance(5 * MINUTE);
  check.clock.step(5 * HOUR + 50 * MINUTE);
  await check.clock.advance(6 * MINUTE - 1);
  assert.equal(await check.downs(), 0, 'a moment before 18:01 by the new clock');
  await check.clock.advance(SECOND);
  assert.equal(await check.downs(), 1, 'at 18:01 by the new clock');
});

test('a clock set forward past what the timer waits for brings nearer deadlines nearer', async () => {
  // By the old clock the next deadline is that of the simple check, at 12:10.
  await using check = await watchedCheck({});
  const nightly = await check.add({ kind: 'cron', schedule: '5 14 * * *', grace: 60 });
  await check.clock.advance(MINUTE);
  check.clock.step(2 * HOUR);
  // By the new clock it is that of the nightly one, at 14:06.
  await check.clock.advance(5 * MINUTE - 1);
  assert.deepEqual(await check.downCodes(), []);
  await check.clock.advance(SECOND);
  assert.deepEqual(await check.downCodes(), [nightly]);
});

test('cron waits for its time by a clock set back', async () => {
  await using check = await watchedCheck(daily('10 12'));
  await check.clock.advance(5 * MINUTE);
  check.clock.step(-5 * MINUTE);
  await check.clock.advance(11 * MINUTE - 1);
  assert.equal(await check.downs(), 0);
  await check.clock.advance(SECOND);
  assert.equal(await check.downs(), 1);
});
