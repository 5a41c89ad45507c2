/** Checks that flap: how often their outages are told. */
import assert from 'node:assert/strict';
import { MINUTE, type On, SECOND, T } from './bench.ts';
import { firingOf, later, statusOf, watched } from './watched-check.ts';

export function flappingSuite(on: On): void {
  on('while a check flaps, one outage a window is told', async (bench) => {
    const check = await watched(bench, { flapping: { flips: 3, within: 1800 } });
    await bench.ping(check, 'success');
    // Down at one, three and five minutes, up a minute after each.
    for (let i = 0; i < 3; i++) {
      await later(bench, check, 'fail');
      await later(bench, check, 'success');
    }
    const twice = ['firing mail', 'resolved mail', 'firing mail', 'resolved mail'];
    assert.deepEqual(await bench.told(), twice, 'the third is held, and over before it is told');
    await later(bench, check, 'fail');
    const [held] = (await bench.alerts()).filter(({ state }) => state === 'firing');
    // The last that was told was the second, at three minutes.
    const hold = { by: 'flapping', id: '', text: '4 times down', until: T + 33 * MINUTE };
    assert.deepEqual(JSON.parse(held?.held ?? ''), [hold]);
    assert.equal(await statusOf(bench, check), 'down');
    await bench.pass(25 * MINUTE);
    assert.deepEqual(await bench.told(), twice);
    await bench.pass(MINUTE);
    assert.deepEqual(await bench.told(), [...twice, 'firing mail'], 'it is still down');
    await later(bench, check, 'success');
    assert.deepEqual(await bench.told(), [...twice, 'firing mail', 'resolved mail']);
  });

  on('flapping holds outages only, and of that check only', async (bench) => {
    const mail = await bench.channel('mail');
    const check = await watched(bench, { flapping: { flips: 2, within: 600 }, shortest_run: 60 }, mail);
    const other = await watched(bench, {}, mail);
    await bench.ping(check, ['success', 'fail', 'success', 'fail']);
    await bench.ping(other, ['success', 'fail']);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail', 'firing mail']);
    await bench.ping(check, ['start', 'success']);
    assert.equal((await bench.told()).at(-1), 'firing mail', 'RunTooShort');
  });

  on('times down longer ago than the window are no flapping', async (bench) => {
    const check = await watched(bench, { flapping: { flips: 3, within: 60 } });
    for (const seconds of [0, 50, 20]) {
      await bench.pass(seconds * SECOND);
      await bench.ping(check, ['success', 'fail']);
    }
    const firing = (await bench.told()).filter((told) => told === 'firing mail');
    assert.equal(firing.length, 3);
  });

  on('a clock that is set back makes no pause longer', async (bench) => {
    const check = await watched(bench, { flapping: { flips: 2, within: 600 } });
    await bench.ping(check, ['success', 'fail', 'success', 'fail']);
    await bench.pass(2 * MINUTE);
    bench.clock.step(-5 * MINUTE);
    await bench.writer.run('checks.shift', { node: 'one', delta: -5 * MINUTE });
    await bench.pass(8 * MINUTE - SECOND);
    const before = ['firing mail', 'resolved mail'];
    assert.deepEqual(await bench.told(), before);
    await bench.pass(SECOND);
    assert.deepEqual(await bench.told(), [...before, 'firing mail']);
  });

  on('the window counts from the last outage that was told, not from another alert', async (bench) => {
    const check = await watched(bench, { flapping: { flips: 2, within: 600 }, shortest_run: 60 });
    await bench.ping(check, ['success', 'fail']);
    await bench.pass(5 * MINUTE);
    await bench.ping(check, ['start', 'success']);
    await bench.pass(MINUTE);
    await bench.ping(check, 'fail');
    assert.deepEqual(await firingOf(bench, check), ['RunTooShort', 'CheckDown']);
    assert.deepEqual(await bench.planned(), [T + 10 * MINUTE]);
  });
}
