/** What holds messages back: silences, windows, dependencies; and what becomes of them afterwards. */
import assert from 'node:assert/strict';
import { type Bench, HOUR, MINUTE, type On, SECOND, T } from './bench.ts';

export function holdingSuite(on: On): void {
  const HOLDERS: [string, (bench: Bench) => Promise<unknown>][] = [
    ['silence', (bench) => bench.silence({ alertname: 'CheckDown' }, T, T + HOUR)],
    ['maintenance', (bench) => bench.window(T, T + HOUR)],
  ];
  for (const [by, hold] of HOLDERS) {
    on(`${by} holds a message back, and it is told at the end if it is still true`, async (bench) => {
      const check = await bench.check({}, [await bench.channel('mail')]);
      await hold(bench);
      await bench.ping(check, 'fail');
      const [held] = await bench.alerts();
      assert.deepEqual([held?.state, held?.notified_at], ['firing', null]);
      assert.match(held?.held ?? '', new RegExp(`"by":"${by}"`));
      await bench.pass(HOUR - 1);
      assert.deepEqual(await bench.told(), []);
      await bench.pass(1);
      assert.deepEqual(await bench.told(), ['firing mail']);
      const [told] = await bench.alerts();
      assert.deepEqual([told?.held, told?.notified_at], ['', T + HOUR]);
      await bench.ping(check, 'success');
      assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail']);
      assert.deepEqual(await kinds(bench), ['raised', 'released', 'resolved']);
    });

    on(`what is over before the end of ${by} is told to nobody, and nothing waits for it`, async (bench) => {
      const check = await bench.check({}, [await bench.channel('mail')]);
      await hold(bench);
      await bench.ping(check, 'fail');
      await bench.pass(MINUTE);
      await bench.ping(check, 'success');
      await bench.pass(HOUR);
      assert.deepEqual([await bench.told(), await bench.planned()], [[], []]);
      assert.deepEqual((await bench.events()).at(-1)?.detail, { untold: 'nobody had been told' });
    });

    on(`${by} that begins after the message keeps no resolution back`, async (bench) => {
      const check = await bench.check({}, [await bench.channel('mail')]);
      await bench.ping(check, 'fail');
      await hold(bench);
      await bench.ping(check, 'success');
      assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail']);
    });
  }

  const NOT: [string, (bench: Bench) => Promise<unknown>][] = [
    ['is over', (bench) => bench.silence({ alertname: 'CheckDown' }, T - HOUR, T)],
    ['has not begun', (bench) => bench.silence({ alertname: 'CheckDown' }, T + 1, T + HOUR)],
    ['is for others', (bench) => bench.silence({ alertname: 'DiskFull' }, T, T + HOUR)],
  ];
  for (const [name, hold] of NOT) {
    on(`a silence that ${name} holds nothing`, async (bench) => {
      await hold(bench);
      await bench.ping(await bench.check({}, [await bench.channel('mail')]), 'fail');
      assert.deepEqual(await bench.told(), ['firing mail']);
    });
  }

  on('what two silences hold is told when the last of them ends, or is held by the next', async (bench) => {
    const check = await bench.check({}, [await bench.channel('mail')]);
    await bench.silence({ alertname: 'CheckDown' }, T, T + HOUR);
    await bench.silence({ severity: 'error' }, T, T + 2 * HOUR);
    await bench.silence({ severity: 'error' }, T + HOUR, T + 3 * HOUR);
    await bench.ping(check, 'fail');
    await bench.pass(2 * HOUR);
    assert.deepEqual([await bench.told(), await kinds(bench)], [[], ['raised', 'held']]);
    await bench.pass(HOUR);
    assert.deepEqual([await bench.told(), await bench.planned()], [['firing mail'], []]);
  });

  on('a dependent waits while what it depends on is down, and recovers without a word', async (bench) => {
    const channels = [await bench.channel('mail')];
    const [database, shop] = [
      await bench.check({ name: 'Database' }, channels),
      await bench.check({}, channels),
    ];
    await bench.depends(shop, database);
    await bench.ping(database, 'fail');
    await bench.ping(shop, 'fail');
    await bench.pass(30 * MINUTE);
    assert.deepEqual(await bench.told(), ['firing mail']);
    assert.match((await bench.alerts()).at(-1)?.held ?? '', /"by":"dependency".*"text":"Database"/);
    await bench.ping(database, 'success');
    await bench.pass(MINUTE);
    await bench.ping(shop, 'success');
    await bench.pass(HOUR / 2);
    assert.deepEqual([await bench.told(), await bench.planned()], [['firing mail', 'resolved mail'], []]);
  });

  on('a dependent that stays down after what it depends on is told of, once it had time', async (bench) => {
    const [mail, chat] = [await bench.channel('mail'), await bench.channel('chat')];
    const [database, shop] = [await bench.check({}, [mail]), await bench.check({ grace: 60 }, [chat])];
    await bench.depends(shop, database);
    await bench.ping(database, 'fail');
    await bench.ping(shop, 'fail');
    await bench.ping(database, 'success');
    await bench.pass(MINUTE - 1);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail']);
    await bench.pass(1);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail', 'firing chat']);
  });

  on('many that are due at once are looked at in several transactions', async (bench) => {
    await bench.channel('mail');
    await bench.silence({ alertname: 'DiskFull' }, T, T + HOUR);
    await bench.post(...Array.from({ length: 1_200 }, (_, i) => ({ identity: `disk ${i}` })));
    assert.equal((await bench.planned()).length, 1_200);
    await bench.clock.advance(HOUR);
    assert.deepEqual(await bench.look(), [500, 500, 200]);
    assert.equal(new Set(await bench.told()).size, 1);
    assert.deepEqual([(await bench.told()).length, await bench.planned()], [1_200, []]);
  });

  const STEPS: [string, number][] = [
    ['forward', 3 * HOUR],
    ['backward', -3 * HOUR],
  ];
  for (const [name, delta] of STEPS) {
    on(`a clock set ${name} leaves a dependent waiting as long as it would have`, async (bench) => {
      const [mail, chat] = [await bench.channel('mail'), await bench.channel('chat')];
      const [database, shop] = [await bench.check({}, [mail]), await bench.check({ grace: 60 }, [chat])];
      await bench.depends(shop, database);
      await bench.ping(database, 'fail');
      await bench.ping(shop, 'fail');
      await bench.ping(database, 'success');
      await bench.pass(30 * SECOND);
      await step(bench, delta);
      await bench.pass(30 * SECOND - 1);
      assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail']);
      await bench.pass(1);
      assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail', 'firing chat']);
    });
  }

  for (const [by, hold] of HOLDERS) {
    on(`${by} ends by the new clock`, async (bench) => {
      await bench.channel('mail');
      await hold(bench);
      await bench.ping(await bench.check(), 'fail');
      await bench.pass(10 * MINUTE);
      await step(bench, -30 * MINUTE);
      await bench.pass(80 * MINUTE - 1);
      assert.deepEqual(await bench.told(), [], 'a moment before 13:00 by the clock that was set back');
      await step(bench, MINUTE);
      await bench.look();
      assert.deepEqual(await bench.told(), ['firing mail'], 'at once by the clock that was set forward');
    });
  }
}

async function step(bench: Bench, delta: number): Promise<void> {
  bench.clock.step(delta);
  await bench.writer.run('checks.shift', { node: 'one', delta });
}

async function kinds(bench: Bench): Promise<string[]> {
  return (await bench.events()).map(({ kind }) => kind);
}
