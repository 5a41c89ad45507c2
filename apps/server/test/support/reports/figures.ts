/** The sums of reports, against what a hand computes; on both engines. */
import assert from 'node:assert/strict';
import { figuresOf, unwatchedIn, uptimeOf } from '../../../src/reports/figures.ts';
import { noisiestChecks } from '../../../src/reports/noise.ts';
import type { Range } from '../../../src/reports/period.ts';
import { HOUR, MINUTE, type Named, type On, T } from '../alerts/bench.ts';

const DAY = 24 * HOUR;
/** The week before the bench's noon, by the day. */
const WEEK = { from: T - 12 * HOUR, until: T + 6.5 * DAY };

export function figuresSuite(on: On): void {
  on('time up, time down, outages and the longest are those of the flips', async (bench) => {
    const shop = await bench.check({ name: 'Shop', timeout: 30 * 86_400 });
    await bench.ping(shop, 'success');
    await bench.pass(DAY);
    await bench.ping(shop, 'fail');
    await bench.pass(30 * MINUTE);
    await bench.ping(shop, 'success');
    await bench.pass(DAY);
    await bench.ping(shop, 'fail');
    await bench.pass(90 * MINUTE);
    await bench.ping(shop, 'success');
    await bench.pass(6 * DAY);
    const { checks, total, failed, downNow, silent } = await figuresOf(bench.store.db, bench.projectId, WEEK);
    // From noon of the first day, six and a half days, of which two hours down.
    assert.deepEqual(total, { up: 6.5 * DAY - 2 * HOUR, down: 2 * HOUR, outages: 2 });
    assert.equal(uptimeOf(total), (6.5 * 24 - 2) / (6.5 * 24));
    assert.deepEqual([checks, silent.count, downNow.count, failed.count], [1, 0, 0, 1]);
    assert.deepEqual(
      failed.items.map(({ check, outages, down, longest }) => [check.name, outages, down, longest]),
      [['Shop', 2, 2 * HOUR, 90 * MINUTE]],
    );
  });

  on(
    'an outage is cut at both ends of the time, and counts in each time that it reaches into',
    async (bench) => {
      const shop = await bench.check({ name: 'Shop', timeout: 30 * 86_400 });
      await bench.ping(shop, 'success');
      await bench.pass(HOUR);
      await bench.ping(shop, 'fail');
      await bench.pass(4 * HOUR);
      await bench.ping(shop, 'success');
      await bench.pass(HOUR);
      const parts = [
        [0, 1, { up: HOUR, down: 0, outages: 0 }],
        [1, 2, { up: 0, down: HOUR, outages: 1 }],
        [2, 4, { up: 0, down: 2 * HOUR, outages: 1 }],
        [4, 6, { up: HOUR, down: HOUR, outages: 1 }],
        [5, 6, { up: HOUR, down: 0, outages: 0 }],
      ] as const;
      for (const [from, until, sums] of parts) {
        const range = { from: T + from * HOUR, until: T + until * HOUR };
        const { total } = await figuresOf(bench.store.db, bench.projectId, range);
        assert.deepEqual(total, sums, `${from} to ${until}`);
      }
    },
  );

  on('new, paused and not yet made is no data, and no uptime', async (bench) => {
    const paused = await bench.check({ name: 'Paused', timeout: 30 * 86_400 });
    await bench.check({ name: 'Never' });
    await bench.ping(paused, 'success');
    await bench.pass(HOUR);
    await bench.writer.run('checks.pause', { projectId: bench.projectId, code: paused.code });
    await bench.pass(2 * DAY);
    const later = await bench.check({ name: 'Later', timeout: 30 * 86_400 });
    await bench.ping(later, 'success');
    await bench.pass(HOUR);
    const { db } = bench.store;
    const whole = await figuresOf(db, bench.projectId, { from: T - DAY, until: bench.clock.now() });
    assert.deepEqual(whole.total, { up: 2 * HOUR, down: 0, outages: 0 });
    assert.deepEqual(names(whole.silent.items), ['Never']);
    const second = await figuresOf(db, bench.projectId, { from: T + DAY, until: T + 2 * DAY });
    assert.deepEqual([second.checks, second.silent.count], [2, 2]);
    assert.equal(uptimeOf(second.total), null);
    const before = await figuresOf(db, bench.projectId, { from: T - 2 * DAY, until: T - DAY });
    assert.deepEqual([before.checks, before.total.up], [0, 0]);
  });

  on('time in which nobody watched is in no figure; a restart is', async (bench) => {
    const shop = await bench.check({ name: 'Shop', timeout: 30 * 86_400 });
    const api = await bench.check({ name: 'API', timeout: 30 * 86_400 });
    for (const check of [shop, api]) await bench.ping(check, 'success');
    await bench.pass(HOUR);
    await bench.ping(api, 'fail');
    await bench.pass(5 * HOUR);
    const absences = [
      { from_at: T + 2 * HOUR, to_at: T + 3 * HOUR, moved: 0 },
      { from_at: T + 4 * HOUR, to_at: T + 4 * HOUR + 30_000, moved: 0 },
    ];
    await bench.store.db.insertInto('outages').values(absences).execute();
    const range = { from: T, until: bench.clock.now() };
    const { total, failed } = await figuresOf(bench.store.db, bench.projectId, range);
    assert.deepEqual(total, { up: 6 * HOUR, down: 4 * HOUR, outages: 1 });
    assert.equal(failed.items[0]?.longest, 4 * HOUR);
    assert.equal(await unwatchedIn(bench.store.db, range), HOUR);
    assert.equal(await unwatchedIn(bench.store.db, { from: T, until: T + 2.5 * HOUR }), HOUR / 2);
    assert.equal(await unwatchedIn(bench.store.db, { from: T, until: T + 2 * HOUR }), 0);
  });

  on('where no flip is kept, a check was what it is, since it was made', async (bench) => {
    await bench.pass(HOUR);
    const shop = await bench.check({ name: 'Shop', timeout: 30 * 86_400 });
    await bench.ping(shop, 'success');
    await bench.pass(HOUR);
    await bench.store.db.deleteFrom('flips').execute();
    const range = { from: T, until: bench.clock.now() };
    const { total } = await figuresOf(bench.store.db, bench.projectId, range);
    assert.deepEqual(total, { up: HOUR, down: 0, outages: 0 });
  });

  on('the noisiest checks are those that most sent messages were about', async (bench) => {
    const [loud, quiet] = [await bench.check({ name: 'Loud' }), await bench.check({ name: 'Quiet' })];
    const message = (check: Named, n: number, state: string, created_at: number) => ({
      ...{ key: `${check.id}/${n}/${state}/${created_at}`, project_id: bench.projectId, channel_id: 1 },
      ...{ check_id: check.id, flip_id: null, alert_id: null, kind: n % 2 ? 'resolved' : 'firing' },
      ...{ lane: '', state, attempts: 1, created_at, finished_at: null, answer: '', error: '' },
    });
    const rows = [1, 2, 3, 4].flatMap((n) => [
      message(loud, n, 'sent', T + n * DAY),
      message(quiet, n, n < 3 ? 'sent' : 'failed', T),
      message(quiet, n, 'sent', T + 30 * DAY),
    ]);
    await bench.store.db.insertInto('deliveries').values(rows).execute();
    const noisy = async (range: Range) =>
      (await noisiestChecks(bench.store.db, bench.projectId, range)).map(
        ({ check, messages }) => `${check.name} ${messages}`,
      );
    assert.deepEqual(await noisy({ from: T, until: T + 7 * DAY }), ['Loud 4']);
    assert.deepEqual(await noisy({ from: T, until: T + 31 * DAY }), ['Quiet 6', 'Loud 4']);
    assert.deepEqual(await noisy({ from: T, until: T + 3 * DAY }), []);
  });

  on('each environment has its own sums', async (bench) => {
    const own = async (name: string, environment: string): Promise<Named> => {
      const check = await bench.check({ name, environment, timeout: 30 * 86_400 });
      await bench.ping(check, 'success');
      return check;
    };
    await own('A', 'production');
    const staging = await own('B', 'staging');
    await bench.pass(HOUR);
    await bench.ping(staging, 'fail');
    await bench.pass(HOUR);
    const range = { from: T, until: bench.clock.now() };
    const { environments } = await figuresOf(bench.store.db, bench.projectId, range);
    assert.deepEqual(environments, [
      { name: 'production', checks: 1, sums: { up: 2 * HOUR, down: 0, outages: 0 } },
      { name: 'staging', checks: 1, sums: { up: HOUR, down: HOUR, outages: 1 } },
    ]);
  });

  on(
    'of many checks the worst twenty are listed, the rest is counted, and other projects are not',
    async (bench) => {
      const checks: Named[] = [];
      for (let i = 0; i < 105; i += 1) {
        checks.push(await bench.check({ name: `c${i}`, timeout: 30 * 86_400 }));
      }
      for (const check of checks) await bench.ping(check, 'success');
      await bench.pass(HOUR);
      // The last one goes down first, and is the worst.
      for (const check of checks.slice(80).reverse()) {
        await bench.ping(check, 'fail');
        await bench.pass(MINUTE);
      }
      const range = { from: T, until: bench.clock.now() };
      const { failed, downNow, total } = await figuresOf(bench.store.db, bench.projectId, range);
      assert.deepEqual([failed.count, downNow.count, total.outages], [25, 25, 25]);
      const worst = Array.from({ length: 20 }, (_, i) => `c${104 - i}`);
      assert.deepEqual(names(failed.items.map(({ check }) => check)), worst);
      assert.deepEqual(names(downNow.items.map(({ check }) => check)), worst);
      assert.equal(downNow.items[0]?.since, T + HOUR);
      const other = await figuresOf(bench.store.db, bench.projectId + 1, range);
      assert.deepEqual([other.checks, other.failed.count, other.downNow.count], [0, 0, 0]);
    },
  );
}

function names(checks: readonly { name: string }[]): string[] {
  return checks.map(({ name }) => name);
}
