import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostedAlert } from '../alerts/model.ts';
import { readPostedAlert } from '../alerts/read-post.ts';
import { nextDeliveries } from '../notify/load.ts';
import { notifyStore } from '../notify/testing/notify-store.ts';

const DAY = 86_400_000;
const LIMITS = { pings: null, flips: DAY, deliveries: DAY, alerts: 400 * DAY, afterCheck: 0 };

/** A project that is told of its alerts by mail. */
async function alertStore() {
  const t = await notifyStore();
  await t.channel('email', { address: 'ops@example.org' });
  const post = (alertname: string, ends: boolean): PostedAlert => ({
    ...readPostedAlert(
      { labels: { alertname, severity: 'critical' } },
      { projectId: t.projectId, now: t.clock.now() },
    ),
    endsAt: ends ? t.clock.now() : null,
  });
  const rows = async (table: 'alerts' | 'alert_events' | 'incidents' | 'deliveries'): Promise<number> => {
    const { count } = await t.store.db
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  };
  return {
    ...t,
    fire: (name: string) => t.writer.run('alerts.receive', [post(name, false)]),
    end: (name: string) => t.writer.run('alerts.receive', [post(name, true)]),
    counts: async () => ({
      alerts: await rows('alerts'),
      events: await rows('alert_events'),
      incidents: await rows('incidents'),
      deliveries: await rows('deliveries'),
    }),
    forget: () => t.writer.run('maintenance.retention', LIMITS),
  };
}

const NOTHING = { alerts: 0, events: 0, incidents: 0, deliveries: 0 };

test('an alert that was over long ago goes, with its account and its incident', async () => {
  await using t = await alertStore();
  await t.fire('a');
  await t.end('a');
  await t.store.db.updateTable('deliveries').set({ state: 'sent' }).execute();
  await t.clock.advance(400 * DAY);
  await t.forget();
  assert.deepEqual(await t.counts(), { alerts: 1, events: 4, incidents: 1, deliveries: 0 });
  await t.clock.advance(1);
  await t.forget();
  assert.deepEqual(await t.counts(), NOTHING);
});

test('what fires is kept, with the messages that say whom its end is told', async () => {
  await using t = await alertStore();
  await t.fire('a');
  await t.store.db.updateTable('deliveries').set({ state: 'sent' }).execute();
  await t.clock.advance(1000 * DAY);
  await t.forget();
  const kept = await t.counts();
  assert.deepEqual([kept.alerts, kept.incidents, kept.deliveries], [1, 1, 1]);
  await t.end('a');
  assert.equal((await t.counts()).deliveries, 2);
});

test('a project that is deleted leaves nothing of its alerts', async () => {
  await using t = await alertStore();
  await t.fire('a');
  await t.fire('b');
  await t.end('b');
  const [code = ''] = await t.checks(1, { name: 'web' });
  await t.writer.run('silences.set', weekend(t));
  await t.ping(code, 'fail');
  const input = { projectId: t.projectId, pingKey: 'another', actor: 'test' };
  while (!(await t.writer.run('projects.remove', input)));
  assert.deepEqual(await t.counts(), NOTHING);
  assert.deepEqual(await t.store.db.selectFrom('work').selectAll().execute(), []);
});

test('what is asked for while a project is being deleted is refused once it is gone', async () => {
  await using t = await alertStore();
  const input = { projectId: t.projectId, pingKey: 'another', actor: 'test' };
  while (!(await t.writer.run('projects.remove', input)));
  const times = { starts_at: null, ends_at: null, schedule: '0 2 * * *', duration: 60, time_zone: 'UTC' };
  const said = { name: 'n', tags: '[]', environments: '[]', author: '', comment: '', disabled: 0 as const };
  const { projectId } = t;
  const gone = { code: 'not_found', message: 'no such project' };
  await assert.rejects(t.writer.run('silences.set', weekend(t)), gone);
  await assert.rejects(t.writer.run('windows.create', { projectId, fields: { ...said, ...times } }), gone);
  const drill = { projectId, channels: null, severity: 'critical' as const, actor: 'test' };
  await assert.rejects(t.writer.run('drills.start', drill), gone);
  assert.deepEqual(await t.counts(), NOTHING);
});

/** A silence of the check `web`. */
function weekend({ projectId, clock }: { projectId: number; clock: { now(): number } }) {
  return {
    projectId,
    code: null,
    matchers: [{ name: 'check', value: 'web', isRegex: false, isEqual: true }],
    startsAt: null,
    endsAt: clock.now() + 3 * DAY,
    author: 'Bob',
    comment: 'a long weekend',
    actor: 'test',
  };
}

test('the flip of an outage that is held back stays until it is over, as its message tells of it', async () => {
  await using t = await alertStore();
  const [code = ''] = await t.checks(1, { name: 'web' });
  await t.writer.run('silences.set', weekend(t));
  await t.ping(code, 'fail');
  await t.clock.advance(3 * DAY);
  await t.forget();
  await t.writer.run('alerts.review', null);
  const lanes = (await t.lanes()).map(({ key }) => key);
  const [delivery] = await nextDeliveries(t.store.db, lanes);
  assert.equal(delivery?.flip?.status, 'down');
  await t.ping(code, 'success');
  await t.clock.advance(2 * DAY);
  await t.forget();
  assert.deepEqual(await t.store.db.selectFrom('flips').selectAll().execute(), []);
});
