/** Policies about runs: their alerts begin and end beside the status. */
import assert from 'node:assert/strict';
import { HOUR, MINUTE, type On, T } from './bench.ts';
import { firingOf, namesOf, stateOf, statusOf, update, wakeOf, watched } from './watched-check.ts';

export function runSuite(on: On): void {
  on('a run that takes too long is told at its limit, and that it ended', async (bench) => {
    const check = await watched(bench, { longest_run: 300 });
    await bench.ping(check, ['success', 'start']);
    assert.equal(await wakeOf(bench, check), T + 5 * MINUTE);
    await bench.pass(5 * MINUTE - 1);
    assert.deepEqual(await bench.alerts(), []);
    await bench.pass(1);
    const [alert] = await bench.alerts();
    assert.deepEqual(
      [alert?.name, alert?.severity, alert?.starts_at, alert?.flip_id, alert?.check_id, alert?.identity],
      ['RunTooLong', 'warning', T + 5 * MINUTE, null, check.id, `RunTooLong/${check.id}`],
    );
    const annotations = JSON.parse(alert?.annotations ?? '');
    assert.deepEqual(annotations, { summary: 'the run has gone on for more than 5 min', limit: '5 min' });
    assert.equal(JSON.parse(alert?.labels ?? '').alertname, 'RunTooLong');
    assert.equal(await statusOf(bench, check), 'up');
    assert.equal(await wakeOf(bench, check), T + 10 * MINUTE, 'the deadline of the run');
    await bench.ping(check, 'success');
    assert.deepEqual(await namesOf(bench, check), ['RunTooLong resolved']);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail']);
  });

  on('a run that hangs is too long first, and down then; each is told and ends', async (bench) => {
    const check = await watched(bench, { longest_run: 300, severity: 'critical' });
    await bench.ping(check, ['success', 'start']);
    await bench.pass(5 * MINUTE);
    await bench.pass(5 * MINUTE);
    assert.deepEqual(await namesOf(bench, check), ['RunTooLong firing', 'CheckDown firing']);
    assert.deepEqual(
      (await bench.alerts()).map(({ severity }) => severity),
      ['critical', 'critical'],
    );
    await bench.ping(check, 'success');
    assert.deepEqual(await namesOf(bench, check), ['RunTooLong resolved', 'CheckDown resolved']);
    assert.deepEqual((await bench.told()).sort(), [
      'firing mail',
      'firing mail',
      'resolved mail',
      'resolved mail',
    ]);
  });

  on('the limit of a run is no missed run', async (bench) => {
    const check = await watched(bench, { after: { bad: 2, of: 2 }, longest_run: 300 });
    await bench.ping(check, 'success');
    await bench.pass(70 * MINUTE);
    await bench.ping(check, 'start');
    await bench.pass(5 * MINUTE);
    assert.deepEqual(await namesOf(bench, check), ['RunTooLong firing']);
    assert.equal(await wakeOf(bench, check), T + 130 * MINUTE);
    await bench.pass(55 * MINUTE);
    assert.deepEqual(await namesOf(bench, check), ['RunTooLong firing', 'CheckDown firing']);
  });

  on('a limit beyond the grace is kept while the check is down', async (bench) => {
    const check = await watched(bench, { longest_run: 1200 });
    await bench.ping(check, ['success', 'start']);
    await bench.pass(10 * MINUTE);
    assert.deepEqual(await namesOf(bench, check), ['CheckDown firing']);
    await bench.pass(10 * MINUTE);
    assert.deepEqual(await namesOf(bench, check), ['CheckDown firing', 'RunTooLong firing']);
  });

  on('runs too short, too often and at once say so with their figures', async (bench) => {
    const check = await watched(bench, { shortest_run: 90, least_interval: 3900, no_overlap: true });
    await bench.ping(check, ['success', 'start', 'start']);
    await bench.pass(1500);
    await bench.ping(check, 'success');
    const summaries = (await bench.alerts()).map(({ name, state, annotations }) => {
      return `${name} ${state}: ${JSON.parse(annotations).summary}`;
    });
    assert.deepEqual(summaries, [
      'RunsOverlap resolved: a run began while another one was in progress',
      'RunTooShort firing: the run took 1.5 s, less than 1 min 30 s',
      'TooOften firing: a success came 1.5 s after the one before, sooner than 1 h 5 min',
    ]);
    assert.equal(await statusOf(bench, check), 'up');
  });

  on('an alert whose policy is changed ends without a word, and what is kept stays', async (bench) => {
    const check = await watched(bench, { shortest_run: 60, no_overlap: true });
    await bench.ping(check, ['start', 'start', 'success', 'start', 'start']);
    assert.deepEqual(await firingOf(bench, check), ['RunTooShort', 'RunsOverlap']);
    await update(bench, check, { shortest_run: 50, no_overlap: true });
    assert.deepEqual(await firingOf(bench, check), ['RunsOverlap']);
    const last = (await bench.events()).at(-1);
    assert.deepEqual([last?.kind, last?.detail['untold']], ['resolved', 'the policy was changed']);
    await update(bench, check, {});
    assert.deepEqual(await firingOf(bench, check), []);
    assert.ok((await bench.told()).every((told) => !told.startsWith('resolved') || told === 'resolved mail'));
    const { breaches } = await stateOf(bench, check);
    assert.equal(breaches, 0);
  });

  on('a shorter limit holds for the run in progress', async (bench) => {
    const check = await watched(bench, {});
    await bench.ping(check, ['success', 'start']);
    await bench.pass(2 * MINUTE);
    await update(bench, check, { longest_run: 60 });
    await bench.pass(0);
    assert.deepEqual(await firingOf(bench, check), ['RunTooLong']);
  });

  for (const verb of ['pause', 'clear', 'remove'] as const) {
    on(`to ${verb} a check ends the alerts of its policies`, async (bench) => {
      const check = await watched(bench, { shortest_run: 60, after: { bad: 2, of: 2 } });
      await bench.ping(check, ['start', 'success', 'fail']);
      assert.deepEqual(await firingOf(bench, check), ['RunTooShort']);
      await bench.writer.run(`checks.${verb}`, { projectId: bench.projectId, code: check.code, actor: 'x' });
      assert.deepEqual(await firingOf(bench, check), []);
      if (verb === 'remove') return;
      const { outcomes, breaches, alert_after: wake } = await stateOf(bench, check);
      assert.deepEqual([outcomes, breaches, wake], [0, 0, null]);
      await bench.pass(3 * HOUR);
      await bench.ping(check, ['success', 'fail']);
      assert.deepEqual(await firingOf(bench, check), [], 'what was before counts no more');
    });
  }
}
