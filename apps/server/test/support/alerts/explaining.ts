/** Acknowledging, incidents, drills and explaining, on both engines. */
import assert from 'node:assert/strict';
import { ackLinkState } from '../../../src/alerts/ack-link.ts';
import { writeAckToken } from '../../../src/alerts/ack-token.ts';
import { matcherTest } from '../../../src/alerts/matchers.ts';
import { parseMatcher } from '../../../src/alerts/parse-matcher.ts';
import { searchAlerts } from '../../../src/alerts/read-alerts.ts';
import { explainRange } from '../../../src/explain/range.ts';
import { storyOf } from '../../../src/explain/story.ts';
import { incidentMeans, incidentsWhere } from '../../../src/incidents/read-incidents.ts';
import type { AlertRow } from '../../../src/store/schema.ts';
import { type Bench, HOUR, MINUTE, type On, SECOND, T } from './bench.ts';

const SECRET = 'a secret key for tests only';

export function explainingSuite(on: On): void {
  on('whoever acknowledges second changes nothing, even at once', async (bench) => {
    const database = await bench.check({ name: 'database', tags: 'tier1' });
    await bench.ping(database, 'fail');
    const { id: alertId } = await onlyAlert(bench);
    const { projectId } = bench;
    const by = (actor: string) =>
      bench.writer.run('alerts.acknowledge', { projectId, alertId, actor, comment: '' });
    const done = await Promise.all([by('user:a'), by('user:b')]);
    assert.deepEqual(
      done.map(({ by: who, isNew }) => [who, isNew]),
      [
        ['user:a', true],
        ['user:a', false],
      ],
    );
    assert.equal((await bench.events()).filter(({ kind }) => kind === 'acknowledged').length, 1);
  });

  on('a link is good for its alert and its channel, and for nothing once it was used', async (bench) => {
    const mail = await bench.channel('mail');
    const database = await bench.check({ name: 'database' }, [mail]);
    await bench.ping(database, 'fail');
    const { id: alertId, project_id: projectId } = await onlyAlert(bench);
    const token = writeAckToken(SECRET, { alertId, channelId: mail.id });
    const state = () => ackLinkState(bench.store.db, SECRET, token, bench.clock.now());
    assert.equal((await state()).is, 'good');
    await bench.writer.run('alerts.acknowledge', { projectId, alertId, actor: 'link:mail', comment: '' });
    assert.equal((await state()).is, 'acknowledged');
  });

  on('what was acknowledged while it was held back opens an incident that is acknowledged', async (bench) => {
    const database = await bench.check({ name: 'database', tags: 'tier1' });
    await bench.silence({ check: 'database' }, T, T + HOUR);
    await bench.ping(database, 'fail');
    await bench.pass(MINUTE);
    const { id: alertId } = await onlyAlert(bench);
    const { projectId } = bench;
    await bench.writer.run('alerts.acknowledge', { projectId, alertId, actor: 'user:a', comment: '' });
    await bench.pass(HOUR);
    const [incident] = await incidentsWhere(bench.store.db, { projectId }, 10);
    assert.deepEqual(
      [incident?.detected_at, incident?.acknowledged_at, incident?.acknowledged_by],
      [T, T + MINUTE, 'user:a'],
    );
  });

  on('an incident lives from the first grave alert to the end of the last one', async (bench) => {
    const database = await bench.check({ name: 'database', tags: 'tier1' });
    const shop = await bench.check({ name: 'shop', tags: 'tier1' });
    await bench.depends(shop, database);
    const full = { labels: { alertname: 'Full', severity: 'P2' }, identity: 'full' };
    await bench.post({ ...full, check: { id: database.id, flipId: null }, startsAt: T - 10 * SECOND });
    await bench.ping(shop, 'fail');
    await bench.clock.advance(20 * SECOND);
    const [first] = await bench.alerts();
    await bench.writer.run('alerts.acknowledge', {
      projectId: bench.projectId,
      alertId: first?.id ?? 0,
      actor: 'user:a',
      comment: '',
    });
    await bench.post({ ...full, check: { id: database.id, flipId: null }, endsAt: bench.clock.now() });
    const list = () => incidentsWhere(bench.store.db, { projectId: bench.projectId }, 10);
    const shown = async () =>
      (await list()).map(({ title, severity, alerts, resolved_at }) => [
        title,
        severity,
        alerts,
        resolved_at,
      ]);
    assert.deepEqual(await shown(), [['Full', 'critical', 2, null]]);
    await bench.clock.advance(40 * SECOND);
    await bench.ping(shop, 'success');
    assert.deepEqual(await shown(), [['Full', 'critical', 2, T + MINUTE]]);
    const means = await incidentMeans(bench.store.db, bench.projectId, { from: T, until: T + HOUR });
    assert.deepEqual(means, {
      count: 1,
      acknowledged: 1,
      resolved: 1,
      timeToDetect: 10 * SECOND,
      timeToAcknowledge: 20 * SECOND,
      timeToResolve: 70 * SECOND,
    });
    const none = await incidentMeans(bench.store.db, bench.projectId, { from: 0, until: 1 });
    assert.deepEqual([none.count, none.timeToDetect], [0, null]);
    const open = await incidentsWhere(bench.store.db, { projectId: bench.projectId, state: 'open' }, 10);
    assert.deepEqual(open, []);
  });

  on('a drill reaches the chosen channels alone and ends with its acknowledgement', async (bench) => {
    const [ops] = [await bench.channel('ops'), await bench.channel('everybody')];
    const { projectId } = bench;
    const alertId = await bench.writer.run('drills.start', {
      projectId,
      channels: [ops.code],
      severity: 'critical',
    });
    assert.deepEqual(await bench.told(), ['firing ops']);
    await bench.writer.run('alerts.acknowledge', { projectId, alertId, actor: 'user:a', comment: '' });
    assert.deepEqual(await bench.told(), ['firing ops', 'resolved ops']);
    assert.equal((await onlyAlert(bench)).state, 'resolved');
    assert.deepEqual(await incidentsWhere(bench.store.db, { projectId }, 10), []);
  });

  on('the account of an alert and of a time is told in sentences', async (bench) => {
    const mail = await bench.channel('mail');
    const database = await bench.check({ name: 'database' }, [mail]);
    await bench.silence({ check: 'database' }, T, T + HOUR);
    await bench.ping(database, 'fail');
    await bench.pass(HOUR);
    await bench.ping(database, 'success');
    const alert = await onlyAlert(bench);
    const known = { ...alert, labels: JSON.parse(alert.labels), annotations: JSON.parse(alert.annotations) };
    const story = await storyOf(bench.store.db, [known], 100);
    assert.deepEqual(
      story.entries.map(({ text }) => text),
      [
        'CheckDown of database was raised: the job reported a failure.',
        'Nobody is told yet: held back by the silence "works", until 2026-07-15 13:00:00 UTC at least.',
        "Nothing holds it back any more. The message goes to mail: the check's own channels.",
        'Resolved. The resolution goes to mail: whoever was told that it fires.',
        'The message to mail waits to be sent.',
        'The resolution to mail waits to be sent.',
      ],
    );
    const range = { projectId: bench.projectId, check: database, from: T, until: T + 2 * HOUR };
    const { entries, cut } = await explainRange(bench.store.db, range, 100);
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      ['raised', 'released', 'resolved'],
    );
    assert.equal(cut, false);
    const first = await explainRange(bench.store.db, { ...range, check: null }, 1);
    assert.deepEqual([first.entries.length, first.cut], [1, true]);
  });

  on('a message that went into a digest is followed to the digest', async (bench) => {
    const mail = await bench.channel('mail');
    await bench.store.db.updateTable('channels').set({ budget: 1 }).execute();
    await bench.post({ identity: 'one' });
    await bench.post({ identity: 'two', labels: { alertname: 'Two' } });
    const [, two] = await bench.alerts();
    assert.ok(two);
    const known = [{ ...two, labels: { alertname: 'Two' }, annotations: {} }];
    const texts = async () => (await storyOf(bench.store.db, known, 100)).entries.map(({ text }) => text);
    const waits = 'The message to mail waits for a digest: the budget of the hour is used up.';
    assert.equal((await texts()).at(-1), waits);
    await bench.store.db
      .updateTable('deliveries')
      .set({ state: 'sent', finished_at: T + HOUR, answer: '250 OK' })
      .where('kind', '=', 'digest')
      .where('channel_id', '=', mail.id)
      .execute();
    assert.deepEqual((await texts()).slice(-2), [
      waits,
      'The digest to mail that tells of it was sent: 250 OK.',
    ]);
    const range = { projectId: bench.projectId, check: null, from: T, until: T + HOUR };
    const { entries } = await explainRange(bench.store.db, range, 100);
    assert.match(entries[1]?.text ?? '', / mail: in a digest, sent at 2026-07-15 13:00:00 UTC\.$/);
  });

  on('an outage that raised no alert is named, however many there were', async (bench) => {
    const policies = JSON.stringify({ after: { bad: 2, of: 2 } });
    const flaky = await bench.check({ name: 'flaky', policies });
    for (let n = 0; n < 12; n++) {
      await bench.ping(flaky, 'fail');
      await bench.ping(flaky, 'success');
      await bench.clock.advance(MINUTE);
    }
    assert.deepEqual(await bench.alerts(), []);
    const range = { projectId: bench.projectId, check: flaky, from: T, until: T + HOUR };
    const whole = await explainRange(bench.store.db, range, 1_000);
    assert.equal(whole.entries.filter(({ kind }) => kind === 'flip').length, 12);
    assert.equal(whole.entries.filter(({ kind }) => kind === 'damped').length, 12);
    // Read on in pieces, nothing is left out.
    const pieces = await explainRange(bench.store.db, range, 5);
    assert.deepEqual(pieces.entries, whole.entries.slice(0, 5));
  });

  on('alerts are found by their labels, across pages', async (bench) => {
    const labels = (n: number) => ({ alertname: `A${n}`, host: n % 2 === 0 ? 'even' : 'odd' });
    await bench.post(...Array.from({ length: 20 }, (_, n) => ({ labels: labels(n), identity: `a${n}` })));
    const tests = [matcherTest(parseMatcher('host=~"e.*"', 'filter'))];
    const { projectId } = bench;
    const filter = { projectId, state: 'firing', acked: false, held: false, severities: ['error'] } as const;
    const found: string[] = [];
    for (let before: number | undefined; ; ) {
      const page = await searchAlerts(bench.store.db, { ...filter, before }, tests, 3);
      found.push(...page.alerts.map(({ name }) => name));
      if (page.next === null) break;
      before = page.next;
    }
    assert.deepEqual(
      found,
      Array.from({ length: 10 }, (_, n) => `A${18 - 2 * n}`),
    );
  });
}

async function onlyAlert(bench: Bench): Promise<AlertRow> {
  const [alert, ...more] = await bench.alerts();
  assert.ok(alert);
  assert.equal(more.length, 0);
  return alert;
}
