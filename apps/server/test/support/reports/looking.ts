/** When reports are asked for: once each, at eight in the morning of whoever gets them; on both engines. */
import assert from 'node:assert/strict';
import type { Wanted } from '../../../src/reports/subscriptions.ts';
import { type Bench, HOUR, MINUTE, type On } from '../alerts/bench.ts';

const DAY = 24 * HOUR;
const ALL: Wanted = { daily: true, weekly: true, monthly: true };

interface Reader {
  id: number;
}

async function reader(bench: Bench, email: string, timeZone: string, wanted?: Wanted): Promise<Reader> {
  const { id } = await bench.writer.run('accounts.register', { email, name: '', password: '', timeZone });
  const member = { project_id: bench.projectId, user_id: id, role: 'member', created_at: 0 };
  await bench.store.db.insertInto('members').values(member).execute();
  if (wanted !== undefined) await subscribe(bench, id, wanted);
  return { id };
}

async function subscribe(bench: Bench, userId: number, wanted: Partial<Wanted>): Promise<void> {
  const changes = [{ projectId: bench.projectId, wanted }];
  await bench.writer.run('reports.subscribe', { userId, email: 'x', changes });
}

const look = (bench: Bench, canSend = true) => bench.writer.run('reports.look', { canSend });

/** Looks whenever it is planned, until an instant; as a server that runs on. */
async function runUntil(bench: Bench, end: string): Promise<void> {
  const until = Date.parse(end);
  for (;;) {
    const { next } = await look(bench);
    const at = Math.min(next ?? until, until);
    await bench.clock.advance(Math.max(0, at - bench.clock.now()));
    if (at === until) break;
  }
  await look(bench);
}

/** No server looks until an instant. */
async function sleepUntil(bench: Bench, at: string): Promise<void> {
  await bench.clock.advance(Date.parse(at) - bench.clock.now());
}

/** What was asked for, in order: `16T07:00 weekly 2026-07-13 of 1`. */
async function asked(bench: Bench): Promise<string[]> {
  const rows = await bench.store.db
    .selectFrom('deliveries')
    .select(['key', 'user_id', 'created_at', 'kind', 'state', 'channel_id'])
    .orderBy('id')
    .execute();
  return rows.map(({ key, user_id, created_at, ...row }) => {
    assert.deepEqual(row, { kind: 'report', state: 'queued', channel_id: 0 });
    const [, , , period, day] = key.split('/');
    return `${new Date(created_at).toISOString().slice(5, 16)} ${period} ${day} of ${user_id}`;
  });
}

export function lookingSuite(on: On): void {
  on('each report comes once, at eight in the morning of its reader, summer and winter', async (bench) => {
    await sleepUntil(bench, '2026-10-24T00:00Z');
    const paris = await reader(bench, 'paris@example.org', 'Europe/Paris', { ...ALL, daily: false });
    const nepal = await reader(bench, 'nepal@example.org', 'Asia/Kathmandu', { ...ALL, monthly: false });
    await runUntil(bench, '2026-10-26T12:00Z');
    assert.deepEqual(await asked(bench), [
      `10-24T02:15 daily 2026-10-23 of ${nepal.id}`,
      `10-25T02:15 daily 2026-10-24 of ${nepal.id}`,
      `10-26T02:15 daily 2026-10-25 of ${nepal.id}`,
      `10-26T02:15 weekly 2026-10-19 of ${nepal.id}`,
      // The clock was put back the day before.
      `10-26T07:00 weekly 2026-10-19 of ${paris.id}`,
    ]);
  });

  on('a member gets the monthly report, unless told otherwise', async (bench) => {
    await sleepUntil(bench, '2026-07-30T12:00Z');
    const usual = await reader(bench, 'usual@example.org', 'UTC');
    const none = await reader(bench, 'none@example.org', 'UTC');
    await subscribe(bench, none.id, { monthly: false });
    await runUntil(bench, '2026-08-05T00:00Z');
    assert.deepEqual(await asked(bench), [`08-01T08:00 monthly 2026-07-01 of ${usual.id}`]);
  });

  on('after our own downtime the last of each kind comes, once, and not one for each day', async (bench) => {
    const { id } = await reader(bench, 'a@example.org', 'UTC', ALL);
    await look(bench);
    await sleepUntil(bench, '2026-08-05T10:02Z');
    await look(bench);
    const missed = [
      `08-05T10:02 daily 2026-08-04 of ${id}`,
      `08-05T10:02 weekly 2026-07-27 of ${id}`,
      `08-05T10:02 monthly 2026-07-01 of ${id}`,
    ];
    assert.deepEqual(await asked(bench), missed);
    await runUntil(bench, '2026-08-06T12:00Z');
    assert.deepEqual(await asked(bench), [...missed, `08-06T08:00 daily 2026-08-05 of ${id}`]);
  });

  on(
    'whoever joins, or moves to another time zone, is told nothing twice and nothing of before',
    async (bench) => {
      await sleepUntil(bench, '2026-07-20T07:00Z');
      const moving = await reader(bench, 'moving@example.org', 'UTC', { ...ALL, monthly: false });
      await runUntil(bench, '2026-07-20T09:00Z');
      await reader(bench, 'late@example.org', 'UTC', ALL);
      const fields = { time_zone: 'America/New_York' };
      await bench.writer.run('accounts.update', { userId: moving.id, fields, actor: 'x' });
      await runUntil(bench, '2026-07-20T18:00Z');
      assert.deepEqual(await asked(bench), [
        `07-20T08:00 daily 2026-07-19 of ${moving.id}`,
        `07-20T08:00 weekly 2026-07-13 of ${moving.id}`,
      ]);
    },
  );

  on('without a way to send mail nothing is asked for, nor made up for later', async (bench) => {
    await reader(bench, 'a@example.org', 'UTC', ALL);
    await look(bench, false);
    await bench.clock.advance(DAY);
    await look(bench, false);
    await bench.clock.advance(15 * MINUTE);
    await look(bench);
    assert.deepEqual(await asked(bench), []);
  });

  on('many readers are asked for a page at a time, with pauses, each of them once', async (bench) => {
    await sleepUntil(bench, '2026-07-20T07:50Z');
    await look(bench);
    for (let i = 0; i < 230; i += 1) await reader(bench, `r${i}@example.org`, i % 2 ? 'UTC' : 'Europe/Paris');
    for (let i = 0; i < 230; i += 1) await subscribe(bench, i + 1, { weekly: i % 2 === 1, daily: true });
    await sleepUntil(bench, '2026-07-20T08:00Z');
    const counts: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      const { next } = await look(bench);
      counts.push((await asked(bench)).length);
      await bench.clock.advance((next ?? 0) - bench.clock.now());
    }
    // 115 readers in UTC, two reports each; the others have had eight o'clock before anybody looked.
    assert.deepEqual(counts, [200, 230, 230, 230]);
    const keys = await bench.store.db.selectFrom('deliveries').select('key').execute();
    assert.equal(new Set(keys.map(({ key }) => key)).size, 230);
  });

  on('looks that come together ask for each report once', async (bench) => {
    await sleepUntil(bench, '2026-07-20T07:50Z');
    for (let i = 0; i < 20; i += 1) await reader(bench, `r${i}@example.org`, 'UTC', ALL);
    await look(bench);
    await sleepUntil(bench, '2026-07-20T08:00Z');
    await Promise.all([look(bench), look(bench), look(bench), look(bench)]);
    assert.equal((await asked(bench)).length, 40);
    const work = await bench.store.db.selectFrom('work').select('key').where('kind', '=', 'report').execute();
    assert.deepEqual(
      work.map(({ key }) => key),
      ['look'],
    );
  });

  on('a clock that is set back asks for nothing again', async (bench) => {
    const { id } = await reader(bench, 'a@example.org', 'UTC', { ...ALL, weekly: false, monthly: false });
    await runUntil(bench, '2026-07-16T09:00Z');
    bench.clock.step(-2 * HOUR);
    await bench.writer.run('checks.shift', { node: 'n', delta: -2 * HOUR });
    await runUntil(bench, '2026-07-16T10:00Z');
    // What waits in the queue is as old as it was, by the new clock.
    assert.deepEqual(await asked(bench), [`07-16T06:00 daily 2026-07-15 of ${id}`]);
  });
}
