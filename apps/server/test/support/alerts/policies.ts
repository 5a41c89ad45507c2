/** Policies of checks: what becomes an alert because of them, and what does not. */
import assert from 'node:assert/strict';
import { type Policies, policiesText } from '../../../src/checks/policies.ts';
import { type Bench, HOUR, MINUTE, type Named, type On, SECOND, T } from './bench.ts';

export function policySuite(on: On): void {
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

async function watched(bench: Bench, policies: Policies, channel?: Named): Promise<Named> {
  const mail = channel ?? (await bench.channel('mail'));
  return bench.check({ policies: policiesText(policies) }, [mail]);
}

/** Reports a minute later. */
async function later(bench: Bench, check: Named, action: 'success' | 'fail'): Promise<void> {
  await bench.pass(MINUTE);
  await bench.ping(check, action);
}

async function update(bench: Bench, { code }: Named, policies: Policies): Promise<void> {
  const fields = { policies: policiesText(policies) };
  await bench.writer.run('checks.update', {
    projectId: bench.projectId,
    code,
    fields,
    channels: null,
    actor: 'x',
  });
}

async function stateOf({ store }: Bench, { id }: Named) {
  return store.db.selectFrom('check_states').selectAll().where('check_id', '=', id).executeTakeFirstOrThrow();
}

async function statusOf(bench: Bench, check: Named): Promise<string> {
  return (await stateOf(bench, check)).status;
}

async function wakeOf(bench: Bench, check: Named): Promise<number | null> {
  return (await stateOf(bench, check)).alert_after;
}

async function namesOf(bench: Bench, check: Named): Promise<string[]> {
  const own = (await bench.alerts()).filter(({ check_id: id }) => id === check.id);
  return own.map(({ name, state }) => `${name} ${state}`);
}

async function firingOf(bench: Bench, check: Named): Promise<string[]> {
  const names = await namesOf(bench, check);
  return names.filter((name) => name.endsWith(' firing')).map((name) => name.replace(' firing', ''));
}
