import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { holdsFrom } from '../src/alerts/holds.ts';
import { policiesText } from '../src/checks/policies.ts';
import { type NotifyStore, notifyStore } from '../src/notify/testing/notify-store.ts';
import { aPing } from '../src/testing/checks.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

interface Site extends NotifyStore {
  /** UUIDs by name. */
  codes: Record<string, string>;
  depend(name: string, ...on: string[]): Promise<void>;
  /** Takes its channels from a check. */
  takeChannels(name: string): Promise<void>;
  fail(...names: string[]): Promise<void>;
  succeed(...names: string[]): Promise<void>;
  /** Lets time pass and looks at the alerts that are due meanwhile, as the timer would. */
  pass(duration: number): Promise<void>;
  /** `<name> <kind>` of each message so far, in order. */
  told(): Promise<string[]>;
  /** What holds the alert of a check: names. */
  held(name: string): Promise<string[]>;
}

/** Checks of these names that all go to one channel, with a minute of grace. */
async function site(...names: string[]): Promise<Site> {
  const test = await notifyStore();
  await test.channel('webhook', { url_down: 'https://hook.test/', url_up: 'https://hook.test/' });
  const codes: Record<string, string> = {};
  const { writer, clock, store, projectId } = test;
  for (const name of names) {
    const fields = { name, timeout: 3600, grace: 60 };
    const input = { projectId, code: null, fields, channels: 'all', match: null } as const;
    codes[name] = (await writer.run('checks.create', input)).check.code;
    await test.ping(codes[name], 'success');
  }
  const report = async (action: 'success' | 'fail', own: string[]): Promise<void> => {
    for (const name of own) await test.ping(codes[name] ?? '', action);
  };
  return {
    ...test,
    codes,
    async depend(name, ...on) {
      const dependsOn = on.map((one) => codes[one] ?? one);
      const code = codes[name] ?? name;
      await writer.run('checks.update', { projectId, code, fields: {}, channels: null, dependsOn });
    },
    async takeChannels(name) {
      await writer.run('checks.update', { projectId, code: codes[name] ?? '', fields: {}, channels: [] });
    },
    fail: (...own) => report('fail', own),
    succeed: (...own) => report('success', own),
    async pass(duration) {
      const end = clock.now() + duration;
      for (;;) {
        await writer.run('checks.expire', null);
        const { next } = await writer.run('alerts.review', null);
        if (next === null || next > end) break;
        await clock.advance(Math.max(0, next - clock.now()));
      }
      await clock.advance(end - clock.now());
    },
    async told() {
      const rows = await store.db
        .selectFrom('deliveries')
        .innerJoin('checks', 'checks.id', 'deliveries.check_id')
        .select(['checks.name', 'deliveries.kind'])
        .orderBy('deliveries.id')
        .execute();
      return rows.map(({ name, kind }) => `${name} ${kind}`);
    },
    async held(name) {
      const row = await store.db
        .selectFrom('alerts')
        .innerJoin('checks', 'checks.id', 'alerts.check_id')
        .select('alerts.held')
        .where('checks.name', '=', name)
        .where('alerts.state', '=', 'firing')
        .executeTakeFirst();
      return holdsFrom(row?.held ?? '').map(({ text }) => text);
    },
  };
}

describe('what depends on something that is down', () => {
  it('is held: one outage is one page, and who recovers by itself is never told of', async () => {
    await using own = await site('db', 'api', 'web', 'mail');
    for (const name of ['api', 'web', 'mail']) await own.depend(name, 'db');
    await own.fail('db', 'api', 'web', 'mail');
    await own.pass(20 * MINUTE);
    assert.deepEqual(await own.told(), ['db firing']);
    assert.deepEqual(await own.held('api'), ['db']);
    await own.succeed('db', 'api', 'web', 'mail');
    await own.pass(20 * MINUTE);
    assert.deepEqual(await own.told(), ['db firing', 'db resolved']);
  });

  it('is told when it is still down after it had its grace time to recover', async () => {
    await using own = await site('db', 'api');
    await own.depend('api', 'db');
    await own.fail('db', 'api');
    await own.pass(10 * MINUTE);
    await own.succeed('db');
    await own.pass(59 * SECOND);
    assert.deepEqual(await own.told(), ['db firing', 'db resolved']);
    await own.pass(1 * SECOND);
    assert.deepEqual(await own.told(), ['db firing', 'db resolved', 'api firing']);
    await own.succeed('api');
    assert.equal((await own.told()).at(-1), 'api resolved');
  });

  it('is told at once when what it depends on is up, and when it was down first', async () => {
    await using own = await site('db', 'api', 'web');
    await own.depend('api', 'db');
    await own.depend('web', 'db');
    await own.fail('api', 'db', 'web');
    assert.deepEqual(await own.told(), ['api firing', 'db firing']);
  });

  it('waits for the verdict on what is only late, and for no more', async () => {
    await using own = await site('db', 'api', 'web');
    await own.depend('api', 'db');
    await own.clock.advance(3600 * SECOND + 30 * SECOND);
    await own.succeed('web');
    await own.fail('api');
    assert.deepEqual(await own.told(), []);
    assert.deepEqual(await own.held('api'), ['db']);
    await own.succeed('db');
    await own.pass(30 * SECOND);
    assert.deepEqual(await own.told(), []);
    await own.pass(1 * SECOND);
    assert.deepEqual(await own.told(), ['api firing']);
  });

  it('waits for five minutes at most, however long the grace time of what is late', async () => {
    await using own = await site('db', 'api');
    await own.depend('api', 'db');
    const slow = { projectId: own.projectId, code: own.codes['db'] ?? '', fields: { grace: 86_400 } };
    await own.writer.run('checks.update', { ...slow, channels: null });
    await own.clock.advance(3600 * SECOND + 30 * SECOND);
    await own.fail('api');
    await own.pass(5 * MINUTE - 1);
    assert.deepEqual(await own.told(), []);
    await own.pass(1);
    assert.deepEqual(await own.told(), ['api firing']);
  });

  it('goes on to wait when what was late is down', async () => {
    await using own = await site('db', 'api');
    await own.depend('api', 'db');
    await own.clock.advance(3600 * SECOND + 30 * SECOND);
    await own.fail('api');
    await own.pass(10 * MINUTE);
    assert.deepEqual(await own.told(), ['db firing']);
    assert.deepEqual(await own.held('api'), ['db']);
  });

  it('waits no longer for what reported before it was taken down', async () => {
    await using own = await site('db', 'api');
    await own.depend('api', 'db');
    await own.clock.advance(3660 * SECOND);
    await own.fail('api');
    await own.succeed('db');
    await own.pass(5 * SECOND);
    assert.deepEqual(await own.told(), ['api firing']);
  });

  it('does not wait for what is down without an alert', async () => {
    await using own = await site('db', 'api');
    await own.depend('api', 'db');
    const policies = policiesText({ after: { bad: 2, of: 2 } });
    const damped = { projectId: own.projectId, code: own.codes['db'] ?? '', fields: { policies } };
    await own.writer.run('checks.update', { ...damped, channels: null });
    await own.fail('db', 'api');
    assert.deepEqual(await own.told(), ['api firing']);
    await own.fail('db');
    assert.deepEqual(await own.told(), ['api firing', 'db firing']);
  });

  it('does not wait for what nobody is told of', async () => {
    await using own = await site('db', 'api', 'web');
    await own.depend('api', 'db');
    await own.depend('web', 'db');
    await own.store.db.updateTable('projects').set({ alert_route: 'none' }).execute();
    await own.takeChannels('db');
    await own.fail('db', 'api');
    assert.deepEqual(await own.told(), ['api firing']);
    // All in one transaction, too: nothing is known of the database yet when the others are decided about.
    await own.succeed('db', 'api');
    await own.clock.advance(3660 * SECOND);
    await own.pass(0);
    assert.deepEqual((await own.told()).slice(1).sort(), ['api firing', 'api resolved', 'web firing']);
  });

  it('does not wait for what nobody could be told of after all', async () => {
    await using own = await site('db', 'api');
    await own.depend('api', 'db');
    await own.fail('db', 'api');
    const { claims } = await own.writer.run('work.claim', {
      kind: 'delivery',
      owner: 'node',
      lease: MINUTE,
      limit: 10,
    });
    const [{ key: lane = '', fence = 0 } = {}] = claims;
    const failed = { state: 'failed', answer: '', error: 'given up', disable: false } as const;
    const result = { deliveryId: 1, channelId: 1, at: 0, duration: 0, ...failed };
    await own.writer.run('notify.settle', { lane, owner: 'node', fence, result, again: null });
    await own.pass(0);
    assert.deepEqual(await own.told(), ['db firing', 'api firing']);
  });

  it('stays quiet while what it depends on is silenced, and when that is told then', async () => {
    await using own = await site('db', 'api');
    await own.depend('api', 'db');
    const { projectId, clock } = own;
    const silence = await own.writer.run('silences.set', {
      projectId,
      code: null,
      matchers: [{ name: 'check', value: 'db', isRegex: false, isEqual: true }],
      startsAt: null,
      endsAt: clock.now() + 30 * MINUTE,
      author: 'Bob',
      comment: 'new disks',
      actor: 'test',
    });
    await own.fail('db', 'api');
    await own.pass(29 * MINUTE);
    assert.deepEqual(await own.told(), []);
    await own.writer.run('silences.expire', { projectId, code: silence.code, actor: 'test' });
    await own.pass(10 * MINUTE);
    assert.deepEqual(await own.told(), ['db firing']);
    assert.deepEqual(await own.held('api'), ['db']);
  });

  it('does not wait for a run in progress', async () => {
    await using own = await site('db', 'api');
    await own.depend('api', 'db');
    const at = own.clock.now();
    const start = { target: { code: own.codes['db'] ?? '' }, action: 'start' as const, at, receivedAt: at };
    await own.writer.run('checks.ping', aPing(at, start));
    await own.fail('api');
    assert.deepEqual(await own.told(), ['api firing']);
  });

  const freed: [name: string, command: 'checks.pause' | 'checks.remove' | 'checks.clear'][] = [
    ['paused', 'checks.pause'],
    ['deleted', 'checks.remove'],
    ['cleared', 'checks.clear'],
  ];
  for (const [name, command] of freed) {
    it(`is told at once when that is ${name}`, async () => {
      await using own = await site('db', 'api');
      await own.depend('api', 'db');
      await own.fail('db', 'api');
      await own.writer.run(command, { projectId: own.projectId, code: own.codes['db'] ?? '' });
      await own.pass(0);
      const told = await own.store.db.selectFrom('deliveries').select('kind').orderBy('id').execute();
      assert.deepEqual(
        told.map(({ kind }) => kind),
        ['firing', 'firing'],
      );
    });
  }

  it('is told at once when it depends on it no more', async () => {
    await using own = await site('db', 'api');
    await own.depend('api', 'db');
    await own.fail('db', 'api');
    await own.depend('api');
    await own.pass(0);
    assert.deepEqual(await own.told(), ['db firing', 'api firing']);
  });

  it('waits for one that was added while it waited for another', async () => {
    await using own = await site('db', 'cache', 'api');
    await own.depend('api', 'db');
    await own.fail('db', 'cache', 'api');
    await own.depend('api', 'db', 'cache');
    await own.pass(0);
    assert.deepEqual((await own.held('api')).sort(), ['cache', 'db']);
    await own.succeed('db');
    await own.pass(10 * MINUTE);
    assert.deepEqual(await own.told(), ['db firing', 'cache firing', 'db resolved']);
    await own.succeed('cache');
    await own.pass(10 * MINUTE);
    assert.equal((await own.told()).at(-1), 'api firing');
  });

  it('waits for what lies behind, though what lies between has not noticed', async () => {
    await using own = await site('disk', 'db', 'api');
    await own.depend('db', 'disk');
    await own.depend('api', 'db');
    await own.fail('disk', 'api');
    assert.deepEqual(await own.told(), ['disk firing']);
    assert.deepEqual(await own.held('api'), ['disk']);
    await own.succeed('disk');
    await own.pass(60 * SECOND);
    assert.deepEqual(await own.told(), ['disk firing', 'disk resolved', 'api firing']);
  });

  it('comes after what lies between, in a chain that recovers from its beginning', async () => {
    await using own = await site('disk', 'db', 'api');
    await own.depend('db', 'disk');
    await own.depend('api', 'db');
    await own.fail('disk', 'db', 'api');
    assert.deepEqual(await own.told(), ['disk firing']);
    await own.succeed('disk');
    await own.pass(10 * MINUTE);
    // The database did not recover with its disk: that is news, what needs the database is not.
    assert.deepEqual(await own.told(), ['disk firing', 'disk resolved', 'db firing']);
    await own.succeed('db');
    await own.pass(10 * MINUTE);
    assert.deepEqual((await own.told()).slice(3), ['db resolved', 'api firing']);
  });
});

describe('saying what a check depends on', () => {
  it('refuses circles of any length, and leaves what was said before', async () => {
    await using own = await site('a', 'b', 'c');
    await own.depend('b', 'a');
    await own.depend('c', 'b');
    const cases: [name: string, on: string[], message: RegExp][] = [
      ['a', ['a'], /^depends_on holds the check itself$/],
      ['a', ['b'], /^depends_on would close a circle: b depends on this check, directly or through others$/],
      ['a', ['c'], /^depends_on would close a circle: c depends on this check/],
      ['c', ['a', 'c'], /^depends_on holds the check itself$/],
      ['c', [own.projectId.toString()], /^depends_on holds 1, which is no check of the project$/],
    ];
    for (const [name, on, message] of cases) {
      await assert.rejects(own.depend(name, ...on), { code: 'invalid', field: 'depends_on', message });
    }
    const links = await own.store.db.selectFrom('check_dependencies').selectAll().execute();
    assert.equal(links.length, 2);
  });

  it('knows no check of another project, and no more than 20', async () => {
    await using own = await site('a');
    const foreign = await own.store.db
      .insertInto('projects')
      .values({
        code: 'other',
        name: 'Other',
        ping_key: 'other',
        badge_key: 'other',
        show_slugs: 0,
        environments: '["production"]',
        created_at: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const input = { projectId: foreign.id, code: null, fields: {}, channels: null, match: null };
    const { check } = await own.writer.run('checks.create', input);
    await assert.rejects(own.depend('a', check.code), /which is no check of the project$/);
    const many = Array.from({ length: 21 }, (_, i) => `code-${i}`);
    await assert.rejects(own.depend('a', ...many), /is too large: a check depends on 20 others at most$/);
  });
});
