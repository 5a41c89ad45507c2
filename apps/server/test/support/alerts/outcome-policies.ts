/** Alert after k of n: what becomes an alert, and what does not yet. */
import assert from 'node:assert/strict';
import { MINUTE, type On, T } from './bench.ts';
import { later, namesOf, statusOf, update, wakeOf, watched } from './watched-check.ts';

export function outcomeSuite(on: On): void {
  on('down is told at the third failure of five, as the outage that it is', async (bench) => {
    const check = await watched(bench, { after: { bad: 3, of: 5 } });
    await bench.ping(check, 'success');
    await later(bench, check, 'fail');
    assert.equal(await statusOf(bench, check), 'down');
    await later(bench, check, 'fail');
    assert.deepEqual([await bench.alerts(), await bench.told()], [[], []]);
    await later(bench, check, 'fail');
    const [alert] = await bench.alerts();
    const flip = await bench.store.db
      .selectFrom('flips')
      .select('id')
      .where('new_status', '=', 'down')
      .executeTakeFirstOrThrow();
    assert.deepEqual(
      [alert?.name, alert?.starts_at, alert?.flip_id, alert?.raised_at],
      ['CheckDown', T + MINUTE, flip.id, T + 3 * MINUTE],
    );
    assert.deepEqual(await bench.told(), ['firing mail']);
    const reasons = (await bench.events())
      .filter(({ kind }) => kind === 'damped')
      .map(({ detail }) => detail);
    assert.deepEqual(reasons, [
      { check: check.code, reason: '1 of the last 5 outcomes bad, an alert takes 3' },
      { check: check.code, reason: '2 of the last 5 outcomes bad, an alert takes 3' },
    ]);
    await later(bench, check, 'success');
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail']);
  });

  on('outages within one group of pings are told apart, and no ping is refused', async (bench) => {
    const check = await watched(bench, { after: { bad: 2, of: 2 } });
    await bench.ping(check, 'success');
    await later(bench, check, 'fail');
    await bench.pass(MINUTE);
    // The first outage is one with the first of these; the second is none yet.
    await bench.ping(check, ['fail', 'success', 'fail']);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail']);
    await later(bench, check, 'fail');
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail', 'firing mail']);
    const starts = (await bench.alerts()).map(({ starts_at: at }) => at);
    assert.deepEqual(starts, [T + MINUTE, T + 2 * MINUTE]);
  });

  on('an outage that began and became an alert in one group is told as itself', async (bench) => {
    const check = await watched(bench, { after: { bad: 2, of: 2 } });
    await bench.ping(check, 'success');
    await bench.ping(check, ['fail', 'fail', 'success', 'fail']);
    await later(bench, check, 'fail');
    const flips = (await bench.alerts()).map(({ flip_id: id }) => id);
    assert.equal(new Set(flips).size, 2);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail', 'firing mail']);
  });

  on('each run that is missed is one outcome', async (bench) => {
    const check = await watched(bench, { after: { bad: 3, of: 3 } });
    await bench.ping(check, 'success');
    // A period of an hour and ten minutes of grace: missed at 70, 130 and 190 minutes.
    await bench.pass(70 * MINUTE);
    assert.equal(await statusOf(bench, check), 'down');
    // A start does not put it off, and looking without cause adds nothing.
    await bench.ping(check, ['start', 'log']);
    await bench.pass(59 * MINUTE);
    await bench.pass(MINUTE);
    assert.deepEqual(await bench.alerts(), []);
    await bench.pass(59 * MINUTE);
    assert.deepEqual(await bench.alerts(), []);
    await bench.pass(MINUTE);
    const [alert] = await bench.alerts();
    assert.deepEqual([alert?.starts_at, alert?.raised_at], [T + 70 * MINUTE, T + 190 * MINUTE]);
    assert.deepEqual(await bench.told(), ['firing mail']);
    assert.equal(await wakeOf(bench, check), null, 'nothing more is waited for');
  });

  on('runs missed while the server was late are counted one by one', async (bench) => {
    const check = await watched(bench, { after: { bad: 3, of: 3 } });
    await bench.ping(check, 'success');
    await bench.clock.advance(200 * MINUTE);
    for (let i = 0; i < 3; i++) await bench.writer.run('checks.expire', null);
    assert.equal((await bench.alerts()).length, 1);
  });

  on('down without an alert ends without a word', async (bench) => {
    const check = await watched(bench, { after: { bad: 2, of: 3 } });
    await bench.ping(check, ['success', 'fail', 'success']);
    assert.deepEqual([await bench.alerts(), await bench.told()], [[], []]);
    assert.equal(await statusOf(bench, check), 'up');
    await later(bench, check, 'fail');
    assert.deepEqual(await bench.told(), ['firing mail'], 'two of the last three');
  });

  on('without its policy, or with one that it meets, what is down is told', async (bench) => {
    for (const policies of [{}, { after: { bad: 1, of: 3 } }]) {
      const check = await watched(bench, { after: { bad: 3, of: 3 } });
      await bench.ping(check, ['success', 'fail']);
      await update(bench, check, { after: { bad: 2, of: 3 } });
      assert.deepEqual(await namesOf(bench, check), []);
      await update(bench, check, policies);
      assert.deepEqual(await namesOf(bench, check), ['CheckDown firing']);
    }
  });
}
