import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditEntry, Page, Window } from '@vigie/contract';
import { make, ping, refusal } from '../../testing/rest-checks.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';
import { NOON } from '../../testing/test-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const instant = (at: number): string => new Date(at).toISOString();

const upgrade = { name: 'upgrade', starts_at: instant(NOON), ends_at: instant(NOON + HOUR) };
const nightly = { name: 'backups', schedule: '0 2 * * *', duration: 3600 };

async function open(server: RestServer, body: object): Promise<Window> {
  const answer = await server.call<Window>('bob', 'POST', '/windows', body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

/** Checks with a tag each, in production, that are down; their ids by tag. */
async function outage(server: RestServer, ...tags: string[]): Promise<Record<string, string>> {
  const settings = { url_down: 'https://hook.test/', url_up: 'https://hook.test/' };
  await server.call('bob', 'POST', '/channels', { kind: 'webhook', name: 'hook', settings });
  const ids: Record<string, string> = {};
  for (const tag of tags) {
    ids[tag] = (await make(server, { name: tag, tags: [tag] })).id;
    await ping(server, ids[tag], 'fail');
  }
  return ids;
}

/** `<check> <kind>` of each message, and what is due is looked at first. */
async function told(server: RestServer): Promise<string[]> {
  await server.writer.run('alerts.review', null);
  const rows = await server.store.db
    .selectFrom('deliveries')
    .innerJoin('checks', 'checks.id', 'deliveries.check_id')
    .select(['checks.name', 'deliveries.kind'])
    .orderBy('deliveries.id')
    .execute();
  return rows.map(({ name, kind }) => `${name} ${kind}`);
}

describe('a maintenance window', () => {
  it('holds the messages of what it covers until it closes', async () => {
    await using server = await restServer();
    await open(server, { ...upgrade, tags: ['db'] });
    const ids = await outage(server, 'db', 'web');
    assert.deepEqual(await told(server), ['web firing']);
    await server.clock.advance(HOUR - 1);
    assert.deepEqual(await told(server), ['web firing']);
    await server.clock.advance(1);
    assert.deepEqual(await told(server), ['web firing', 'db firing']);
    await ping(server, ids['db'] ?? '', 'success');
    assert.deepEqual((await told(server)).at(-1), 'db resolved');
  });

  it('changes no status, and says nothing of what is well again when it closes', async () => {
    await using server = await restServer();
    await open(server, upgrade);
    const ids = await outage(server, 'db');
    const { body } = await server.call<{ status: string }>('bob', 'GET', `/checks/${ids['db']}`);
    assert.equal(body.status, 'down');
    await ping(server, ids['db'] ?? '', 'success');
    await server.clock.advance(2 * HOUR);
    assert.deepEqual(await told(server), []);
  });

  it('covers environments, and everything when it names nothing', async () => {
    await using server = await restServer();
    await open(server, { ...upgrade, environments: ['staging'] });
    await outage(server, 'web');
    assert.deepEqual(await told(server), ['web firing']);
    await open(server, upgrade);
    await outage(server, 'db');
    assert.deepEqual(await told(server), ['web firing']);
  });

  const changes: [name: string, change: (server: RestServer, id: string) => Promise<{ status: number }>][] = [
    ['is deleted', (server, id) => server.call('bob', 'DELETE', `/windows/${id}`)],
    [
      'is disabled',
      (server, id) => server.call('bob', 'PUT', `/windows/${id}`, { ...upgrade, disabled: true }),
    ],
    [
      'covers something else',
      (server, id) => server.call('bob', 'PUT', `/windows/${id}`, { ...upgrade, tags: ['x'] }),
    ],
    [
      'is moved',
      (server, id) =>
        server.call('bob', 'PUT', `/windows/${id}`, { ...upgrade, starts_at: instant(NOON + MINUTE) }),
    ],
  ];
  for (const [name, change] of changes) {
    it(`frees what it held at once when it ${name}`, async () => {
      await using server = await restServer();
      const { id } = await open(server, upgrade);
      await outage(server, 'db');
      assert.deepEqual(await told(server), []);
      assert.ok((await change(server, id)).status < 300);
      assert.deepEqual(await told(server), ['db firing']);
    });
  }

  it('that opens again and again holds each time', async () => {
    await using server = await restServer({ VIGIE_TIMEZONE: 'Europe/Paris' });
    const made = await open(server, nightly);
    assert.deepEqual(
      [made.time_zone, made.open_until, made.opens_next, made.starts_at, made.duration],
      ['Europe/Paris', null, '2026-07-16T00:00:00.000Z', null, 3600],
    );
    await server.clock.advance(12 * HOUR + 30 * MINUTE);
    const now = await server.call<Window>('rita', 'GET', `/windows/${made.id}`);
    assert.deepEqual(
      [now.body.open_until, now.body.opens_next],
      ['2026-07-16T01:00:00.000Z', '2026-07-17T00:00:00.000Z'],
    );
    await outage(server, 'db');
    assert.deepEqual(await told(server), []);
    await server.clock.advance(30 * MINUTE);
    assert.deepEqual(await told(server), ['db firing']);
  });

  it('is in the ledger and in the audit log', async () => {
    await using server = await restServer();
    const { id } = await open(server, upgrade);
    await server.call('bob', 'PUT', `/windows/${id}`, { ...upgrade, comment: 'new disks' });
    await server.call('bob', 'DELETE', `/windows/${id}`);
    const events = await server.store.db.selectFrom('alert_events').selectAll().orderBy('id').execute();
    const details = events.map(({ kind, actor, detail }) => {
      const { window, what } = JSON.parse(detail) as Record<string, string>;
      return `${kind} ${actor} ${window === id} ${what}`;
    });
    assert.deepEqual(
      details,
      ['created', 'changed', 'deleted'].map((what) => `changed user:bob@example.org true ${what}`),
    );
    const log = await server.call<Page<AuditEntry>>('mary', 'GET', '/audit');
    const actions = log.body.items
      .map(({ action }) => action)
      .filter((action) => action.startsWith('window'));
    assert.deepEqual(actions, ['window.delete', 'window.update', 'window.create']);
  });

  it('shows neither as open nor as opening while it is disabled', async () => {
    await using server = await restServer();
    const made = await open(server, { ...nightly, disabled: true, author: 'Ops', tags: ['a', 'b', 'a'] });
    assert.deepEqual(
      [made.open_until, made.opens_next, made.disabled, made.author, made.tags],
      [null, null, true, 'Ops', ['a', 'b']],
    );
  });

  it('is listed page by page, newest first', async () => {
    await using server = await restServer();
    const ids = [];
    for (const name of ['one', 'two', 'three']) ids.unshift((await open(server, { ...upgrade, name })).id);
    const first = await server.call<Page<Window>>('read', 'GET', '/windows?limit=2');
    const rest = await server.call<Page<Window>>('read', 'GET', `/windows?limit=2&cursor=${first.body.next}`);
    assert.deepEqual(
      [...first.body.items, ...rest.body.items].map(({ id }) => id),
      ids,
    );
    assert.equal(rest.body.next, null);
  });

  it('is not for who may only look, nor for strangers', async () => {
    await using server = await restServer();
    const { id } = await open(server, upgrade);
    const answers = [];
    for (const caller of ['rita', 'read', 'charlie', 'nobody'] as const) {
      answers.push((await server.call(caller, 'DELETE', `/windows/${id}`)).status);
    }
    assert.deepEqual(answers, [403, 403, 404, 401]);
    assert.equal(await refusal(server, 'GET', '/windows/x'), '404 null: no such maintenance window');
  });

  it('has a bound', async () => {
    await using server = await restServer();
    await open(server, upgrade);
    const row = await server.store.db.selectFrom('maintenance_windows').selectAll().executeTakeFirstOrThrow();
    const copies = Array.from({ length: 499 }, (_, i) => ({ ...row, id: row.id + 1 + i, code: `copy-${i}` }));
    await server.store.db.insertInto('maintenance_windows').values(copies).execute();
    assert.equal(
      await refusal(server, 'POST', '/windows', upgrade),
      '409 null: a project has 500 maintenance windows at most',
    );
  });

  const refused: [name: string, body: object, expected: RegExp][] = [
    ['nothing', {}, /^400 name: name is missing$/],
    ['no times', { name: 'x' }, /^400 starts_at: starts_at is missing, and so is a schedule$/],
    [
      'no end',
      { name: 'x', starts_at: instant(NOON) },
      /^400 ends_at: ends_at is missing, and so is a schedule$/,
    ],
    [
      'an end before its start',
      { ...upgrade, ends_at: instant(NOON) },
      /^400 ends_at: ends_at is not after starts_at$/,
    ],
    [
      'an end in the past',
      { ...upgrade, starts_at: instant(NOON - HOUR), ends_at: instant(NOON) },
      /^400 ends_at: ends_at is in the past$/,
    ],
    [
      'more than a year',
      { ...upgrade, ends_at: instant(NOON + 400 * 24 * HOUR) },
      /^400 ends_at: ends_at is more than a year after starts_at$/,
    ],
    [
      'a duration without a schedule',
      { ...upgrade, duration: 60 },
      /^400 duration: duration goes with a schedule only$/,
    ],
    [
      'a zone without a schedule',
      { ...upgrade, time_zone: 'UTC' },
      /^400 time_zone: time_zone goes with a schedule only$/,
    ],
    [
      'a schedule without a duration',
      { ...nightly, duration: null },
      /^400 duration: duration is missing: a schedule needs one$/,
    ],
    ['a short duration', { ...nightly, duration: 59 }, /^400 duration: .*it takes 60 at least$/],
    ['a long duration', { ...nightly, duration: 604_801 }, /^400 duration: .*it takes 604800 at most$/],
    ['no cron', { ...nightly, schedule: '61 * * * *' }, /^400 schedule: schedule is not valid: /],
    [
      'a day that never comes',
      { ...nightly, schedule: '0 0 30 2 *' },
      /^400 schedule: schedule is not valid: /,
    ],
    [
      'an OnCalendar schedule',
      { ...nightly, schedule: 'Mon *-*-* 02:00' },
      /^400 schedule: schedule is not a cron expression$/,
    ],
    [
      'an unknown zone',
      { ...nightly, time_zone: 'Europe/Pariss' },
      /^400 time_zone: .*is not a known IANA name/,
    ],
    ['a tag of two words', { ...upgrade, tags: ['a b'] }, /^400 tags.0: /],
    ['a control character in a tag', { ...upgrade, tags: ['a\u0001'] }, /^400 tags.0: /],
    ['an environment that is no name', { ...upgrade, environments: ['-'] }, /^400 environments.0: /],
    ['a long comment', { ...upgrade, comment: 'c'.repeat(4001) }, /^400 comment: .*4000 characters at most$/],
    ['an unknown field', { ...upgrade, tag: 'a' }, /^400 tag: tag is not known$/],
  ];
  for (const [name, body, expected] of refused) {
    it(`refuses ${name}`, async () => {
      await using server = await restServer();
      assert.match(await refusal(server, 'POST', '/windows', body), expected);
      assert.deepEqual(await server.store.db.selectFrom('maintenance_windows').selectAll().execute(), []);
    });
  }
});
