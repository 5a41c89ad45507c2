/** Promise 3: our own downtime is nobody's lateness, and real lateness is found after it all the same. */
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { App } from '../src/app.ts';
import { aPing } from '../src/testing/checks.ts';
import { FakeClock } from '../src/testing/fake-clock.ts';
import { START, testServer } from './support/server.ts';
import { tempFolder } from './support/temp-folder.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Every check: expected after eight minutes, down after two more. */
const FIELDS = { timeout: 480, grace: 120 };

async function makeCheck(app: App, clock: FakeClock): Promise<string> {
  const { writer, store } = app.context;
  const { id } = await store.db.selectFrom('projects').select('id').executeTakeFirstOrThrow();
  const input = { projectId: id, code: null, fields: FIELDS, channels: null, match: null };
  const { check } = await writer.run('checks.create', input);
  await ping(app, clock, check.code);
  return check.code;
}

async function ping(app: App, clock: FakeClock, code: string): Promise<void> {
  assert.equal(await app.context.writer.run('checks.ping', aPing(clock.now(), { target: { code } })), 'ok');
}

/** Flips to down, as code and minutes since the start. */
async function downs(app: App): Promise<[string, number][]> {
  const rows = await app.context.store.db
    .selectFrom('flips')
    .innerJoin('checks', 'checks.id', 'flips.check_id')
    .select(['checks.code', 'flips.created_at'])
    .where('new_status', '=', 'down')
    .orderBy('flips.created_at')
    .execute();
  return rows.map(({ code, created_at }) => [code, (created_at - START) / MINUTE]);
}

async function outages(app: App): Promise<number[][]> {
  const rows = await app.context.store.db.selectFrom('outages').selectAll().execute();
  return rows.map(({ from_at, to_at, moved }) => [
    (from_at - START) / MINUTE,
    (to_at - START) / MINUTE,
    moved,
  ]);
}

/** How a server ends: each way leaves a data directory for the next one. */
const ENDS: [string, (dataDir: string, next: string, close: () => Promise<void>) => Promise<void>][] = [
  [
    'an orderly stop',
    async (dataDir, next, close) => {
      await close();
      cpSync(dataDir, next, { recursive: true });
    },
  ],
  [
    'a crash',
    async (dataDir, next, close) => {
      cpSync(dataDir, next, { recursive: true });
      await close();
    },
  ],
];

for (const [name, end] of ENDS) {
  test(`after ${name} nobody is late by our downtime, and who stays silent is`, async () => {
    using folder = tempFolder('downtime');
    const [first, second] = [join(folder.path, 'first'), join(folder.path, 'second')];
    const clock = new FakeClock(START);
    const before = await testServer({ dataDir: first, clock });
    const silent = await makeCheck(before.app, clock);
    const faithful = await makeCheck(before.app, clock);
    const late = await makeCheck(before.app, clock);
    await clock.advance(9 * MINUTE);
    // `late` is down before the stop; the others are pinged: their deadlines are at minute 19.
    for (const code of [silent, faithful]) await ping(before.app, clock, code);
    await clock.advance(MINUTE);
    const early = await makeCheck(before.app, clock);
    await clock.advance(6 * MINUTE);
    await end(first, second, async () => before[Symbol.asyncDispose]());

    // Down from minute 16 to 40; `early` would have gone down at minute 20.
    await clock.advance(24 * MINUTE);
    await using after = await testServer({ dataDir: second, clock });
    assert.deepEqual(await downs(after.app), [[late, 10]]);
    assert.deepEqual(await outages(after.app), [[16, 40, 3]]);
    await clock.advance(MINUTE);
    await ping(after.app, clock, faithful);
    await clock.advance(MINUTE - 1);
    assert.equal((await downs(after.app)).length, 1, 'nobody is late a moment before ready plus grace');
    await clock.advance(SECOND);
    const found = await downs(after.app);
    assert.deepEqual(
      found.slice(1).sort(),
      [
        [silent, 42],
        [early, 42],
      ].sort(),
    );
    await clock.advance(9 * MINUTE);
    assert.deepEqual((await downs(after.app)).at(-1), [faithful, 51], 'real lateness is found as ever');
  });
}

test('a downtime that touches no deadline moves none', async () => {
  using folder = tempFolder('downtime');
  const clock = new FakeClock(START);
  const before = await testServer({ dataDir: folder.path, clock });
  const code = await makeCheck(before.app, clock);
  await clock.advance(MINUTE);
  await before[Symbol.asyncDispose]();
  await clock.advance(3 * MINUTE);
  await using after = await testServer({ dataDir: folder.path, clock });
  assert.deepEqual(await outages(after.app), [[1, 4, 0]]);
  await clock.advance(6 * MINUTE + SECOND);
  assert.deepEqual(await downs(after.app), [[code, 10]]);
});

test('a downtime in the time of grace gives the whole grace again', async () => {
  using folder = tempFolder('downtime');
  const clock = new FakeClock(START);
  const before = await testServer({ dataDir: folder.path, clock });
  const code = await makeCheck(before.app, clock);
  await clock.advance(9 * MINUTE);
  await before[Symbol.asyncDispose]();
  await clock.advance(10 * SECOND);
  await using after = await testServer({ dataDir: folder.path, clock });
  await clock.advance(2 * MINUTE - 1);
  assert.deepEqual(await downs(after.app), []);
  await clock.advance(SECOND);
  assert.deepEqual(await downs(after.app), [[code, 9 + 1 / 6 + 2]]);
});

test('two downtimes in a row excuse twice', async () => {
  using folder = tempFolder('downtime');
  const clock = new FakeClock(START);
  const first = await testServer({ dataDir: folder.path, clock });
  const code = await makeCheck(first.app, clock);
  await clock.advance(9 * MINUTE);
  await first[Symbol.asyncDispose]();
  await clock.advance(20 * MINUTE);
  const second = await testServer({ dataDir: folder.path, clock });
  await clock.advance(MINUTE);
  await second[Symbol.asyncDispose]();
  await clock.advance(20 * MINUTE);
  await using third = await testServer({ dataDir: folder.path, clock });
  await clock.advance(2 * MINUTE - 1);
  assert.deepEqual(await downs(third.app), []);
  await clock.advance(SECOND);
  assert.deepEqual(await downs(third.app), [[code, 52]]);
});
