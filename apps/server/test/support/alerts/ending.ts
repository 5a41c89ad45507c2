/** Alerts that others post: their identity, their number, and their end. */
import assert from 'node:assert/strict';
import { type Bench, HOUR, MINUTE, type On, T } from './bench.ts';

export function endingSuite(on: On): void {
  on('an alert whose time is over is resolved by itself, and told', async (bench) => {
    await bench.channel('mail');
    await bench.post({ endsAt: T + 5 * MINUTE, timedOut: true });
    await bench.pass(5 * MINUTE - 1);
    assert.deepEqual(await bench.told(), ['firing mail']);
    await bench.pass(1);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail']);
    const [alert] = await bench.alerts();
    assert.deepEqual([alert?.state, alert?.resolved_at], ['resolved', T + 5 * MINUTE]);
    assert.deepEqual(await bench.planned(), []);
  });

  on('posting it again pushes its end on', async (bench) => {
    await bench.channel('mail');
    for (let i = 0; i < 5; i++) {
      const outcomes = await bench.post({ endsAt: bench.clock.now() + 5 * MINUTE, timedOut: true });
      assert.deepEqual(outcomes, [i === 0 ? 'raised' : 'updated']);
      await bench.pass(4 * MINUTE);
    }
    assert.deepEqual([await bench.told(), (await bench.alerts()).length], [['firing mail'], 1]);
    await bench.pass(MINUTE);
    assert.deepEqual([await bench.told(), await bench.planned()], [['firing mail', 'resolved mail'], []]);
  });

  on('an end that is named later, or is nearer than it was, is kept', async (bench) => {
    await bench.channel('mail');
    await bench.post({ identity: 'named later' }, { identity: 'nearer', endsAt: T + HOUR, timedOut: true });
    await bench.post(
      { identity: 'named later', endsAt: T + MINUTE },
      { identity: 'nearer', endsAt: T + MINUTE, timedOut: true },
    );
    await bench.pass(MINUTE);
    assert.deepEqual(
      (await bench.alerts()).map(({ state, resolved_at: at }) => `${state} ${at}`),
      [`resolved ${T + MINUTE}`, `resolved ${T + MINUTE}`],
    );
  });

  on('a held alert that ends by itself is told to nobody', async (bench) => {
    await bench.channel('mail');
    await bench.silence({ alertname: 'DiskFull' }, T, T + HOUR);
    await bench.post({ endsAt: T + MINUTE, timedOut: true });
    await bench.pass(2 * HOUR);
    assert.deepEqual([await bench.told(), await bench.planned()], [[], []]);
    assert.deepEqual(
      (await bench.alerts()).map(({ state, resolved_at: at }) => `${state} ${at}`),
      [`resolved ${T + 2 * HOUR}`],
    );
  });

  on('two posts of one identity in one batch are one alert', async (bench) => {
    await bench.channel('mail');
    const outcomes = await bench.post({ annotations: { n: '1' } }, { annotations: { n: '2' } });
    assert.deepEqual(outcomes, ['raised', 'updated']);
    const [alert, ...others] = await bench.alerts();
    assert.deepEqual([alert?.annotations, others], ['{"n":"2"}', []]);
    assert.deepEqual(await bench.told(), ['firing mail']);
  });

  on('the same identity is an alert of its own once the first is over', async (bench) => {
    await bench.channel('mail');
    const over = { endsAt: T };
    const outcomes = await bench.post(over, {}, over, {}, {}, over, over);
    assert.deepEqual(outcomes, ['ignored', 'raised', 'resolved', 'raised', 'updated', 'resolved', 'ignored']);
    assert.deepEqual(
      await bench.told(),
      ['firing', 'resolved', 'firing', 'resolved'].map((kind) => `${kind} mail`),
    );
  });

  on('posts of several senders in one transaction get each their own outcomes', async (bench) => {
    const outcomes = await Promise.all([
      bench.writer.run('maintenance.hours', null),
      bench.post({ identity: 'a' }),
      bench.post({ identity: 'b' }, { identity: 'a' }),
      bench.post(),
      bench.post({ identity: 'a', endsAt: T }),
    ]);
    assert.deepEqual(outcomes.slice(1), [['raised'], ['raised', 'updated'], [], ['resolved']]);
  });

  on('five thousand alerts in one post are five thousand alerts', async (bench) => {
    await bench.channel('mail');
    const posts = Array.from({ length: 5_000 }, (_, i) => ({
      identity: `disk ${i}`,
      endsAt: T + MINUTE + i,
    }));
    assert.deepEqual(new Set(await bench.post(...posts)), new Set(['raised']));
    const ids = (await bench.alerts()).map(({ id }) => id);
    assert.equal(new Set(ids).size, 5_000);
    assert.deepEqual(
      new Set(await bench.post(...posts.map((post) => ({ ...post, endsAt: T })))),
      new Set(['resolved']),
    );
    assert.equal((await bench.told()).length, 10_000);
  });

  on('more identities than a statement takes values are looked up', async (bench) => {
    const posts = Array.from({ length: 70_000 }, (_, i) => ({ identity: `disk ${i}`, endsAt: T }));
    assert.deepEqual(new Set(await bench.post(...posts)), new Set(['ignored']));
  });

  on('ids grow, whatever the clock does and whatever was deleted', async (bench) => {
    await bench.post({ identity: 'a' }, { identity: 'b' });
    bench.clock.step(-HOUR);
    await bench.post({ identity: 'c' });
    bench.clock.step(2 * HOUR);
    await bench.post({ identity: 'd' });
    const identities = (await bench.alerts()).map(({ identity }) => identity);
    assert.deepEqual(identities, ['a', 'b', 'c', 'd']);
    const last = (await bench.alerts()).at(-1)?.id ?? 0;
    await bench.store.db.deleteFrom('alerts').execute();
    await bench.clock.advance(1);
    await bench.post({ identity: 'e' });
    const [next] = await bench.alerts();
    assert.ok((next?.id ?? 0) > last && Number.isSafeInteger(next?.id), `${next?.id} after ${last}`);
  });

  const STEPS: [string, number][] = [
    ['forward', 3 * HOUR],
    ['backward', -3 * HOUR],
  ];
  for (const [name, delta] of STEPS) {
    on(`a time-out lasts as long when the clock is set ${name}`, async (bench) => {
      await bench.post({ endsAt: T + 5 * MINUTE, timedOut: true });
      await bench.pass(MINUTE);
      await step(bench, delta);
      await bench.pass(4 * MINUTE - 1);
      assert.equal((await bench.alerts())[0]?.state, 'firing');
      await bench.pass(1);
      assert.equal((await bench.alerts())[0]?.state, 'resolved');
    });
  }

  on('an end that the sender named follows the wall clock', async (bench) => {
    await bench.post({ endsAt: T + HOUR });
    await step(bench, -HOUR);
    await bench.pass(2 * HOUR - 1);
    assert.equal((await bench.alerts())[0]?.state, 'firing');
    await step(bench, HOUR);
    await bench.look();
    assert.equal((await bench.alerts())[0]?.state, 'resolved');
  });

  on('a time-out that fell into our own downtime gets what was left of it', async (bench) => {
    await bench.channel('mail');
    await bench.writer.run('nodes.start', 'one');
    await bench.post(
      { identity: 'timed', endsAt: T + 5 * MINUTE, timedOut: true },
      { identity: 'named', endsAt: T + 5 * MINUTE },
      { identity: 'later', endsAt: T + 5 * HOUR, timedOut: true },
    );
    await bench.writer.run('nodes.stop', 'one');
    await bench.clock.advance(HOUR);
    await bench.writer.run('nodes.start', 'two');
    await bench.look();
    assert.deepEqual(await firing(bench), ['later', 'timed']);
    await bench.pass(5 * MINUTE - 1);
    assert.deepEqual(await firing(bench), ['later', 'timed']);
    await bench.pass(1);
    assert.deepEqual(await firing(bench), ['later']);
    await bench.pass(5 * HOUR - HOUR - 5 * MINUTE);
    assert.deepEqual(await firing(bench), []);
  });
}

async function firing(bench: Bench): Promise<string[]> {
  const alerts = (await bench.alerts()).filter(({ state }) => state === 'firing');
  return alerts.map(({ identity }) => identity).sort();
}

async function step(bench: Bench, delta: number): Promise<void> {
  bench.clock.step(delta);
  await bench.writer.run('checks.shift', { node: 'one', delta });
}
