/** The behaviour of the store and of the commands on it, the same on every engine. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { type Commands, createCommands } from '../../src/commands.ts';
import type { Writer } from '../../src/store/command.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { migrate, pendingMigrations, type Store } from '../../src/store/open.ts';
import type { Effect, Tx } from '../../src/store/tx.ts';
import { aPing } from '../../src/testing/checks.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';

const T = Date.UTC(2026, 6, 15, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Bench {
  store: Store;
  clock: FakeClock;
  writer: Writer<Commands>;
  effects: Effect[];
  project: number;
  /** Makes a check of the first project and returns its code. */
  make(fields?: object): Promise<string>;
  state(code: string): Promise<Record<string, unknown>>;
}

const broken = {
  'test.poison': {
    all: async (_: unknown, inputs: number[]) => {
      if (inputs.includes(13)) throw new Error('thirteen');
      return inputs.map((input) => input * 2);
    },
  },
  'test.halfway': {
    each: async (tx: Tx, key: string) => {
      await tx.db.insertInto('settings').values({ key, value: 'half' }).execute();
      tx.emit({ type: 'work', kind: key, at: T });
      if (key.startsWith('bad')) throw new Error('no further');
    },
  },
};

async function prepare(store: Store): Promise<Bench> {
  await migrate(store);
  const clock = new FakeClock(T);
  const effects: Effect[] = [];
  const commands = { ...createCommands({ checkLimit: 1000 }), ...broken };
  const writer = inlineWriter(store, {
    commands,
    clock,
    newId: randomUUID,
    onEffects: (all) => effects.push(...all),
  });
  const project = await store.db
    .insertInto('projects')
    .values({
      code: randomUUID(),
      name: 'p',
      ping_key: `k${randomUUID()}`,
      badge_key: randomUUID(),
      show_slugs: 0,
      environments: '["production"]',
      created_at: T,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const make = async (fields: object = {}): Promise<string> => {
    const input = {
      projectId: project.id,
      code: null,
      fields: { timeout: 3600, grace: 600, ...fields },
      channels: null,
      match: null,
    };
    return (await writer.run('checks.create', input)).check.code;
  };
  const state = async (code: string): Promise<Record<string, unknown>> =>
    store.db
      .selectFrom('check_states')
      .innerJoin('checks', 'checks.id', 'check_states.check_id')
      .selectAll('check_states')
      .where('checks.code', '=', code)
      .executeTakeFirstOrThrow();
  return { store, clock, writer, effects, project: project.id, make, state };
}

/** Registers the cases; `open` hands each a fresh, empty database. */
export function storeSuite(
  engine: string,
  open: () => Promise<{ store: Store; close(): Promise<void> }>,
): void {
  const on = (name: string, body: (bench: Bench) => Promise<void>): void => {
    test(`${engine}: ${name}`, async () => {
      const { store, close } = await open();
      try {
        await body(await prepare(store));
      } finally {
        await close();
      }
    });
  };

  on('migrating twice changes nothing', async ({ store }) => {
    assert.deepEqual(await pendingMigrations(store), []);
    await migrate(store);
  });

  on(
    'pings that arrive together share a transaction and are counted in order',
    async ({ writer, make, store, state }) => {
      const [a, b] = [await make(), await make()];
      const pings = [a, b, a, a].map((code, i) => aPing(T + i, { target: { code }, userAgent: `n${i}` }));
      assert.deepEqual(await Promise.all(pings.map((ping) => writer.run('checks.ping', ping))), [
        'ok',
        'ok',
        'ok',
        'ok',
      ]);
      assert.equal((await state(a))['n_pings'], 3);
      const rows = await store.db
        .selectFrom('pings')
        .select(['n', 'user_agent'])
        .where('check_id', '=', Number((await state(a))['check_id']))
        .orderBy('n')
        .execute();
      assert.deepEqual(
        rows.map((row) => [row.n, row.user_agent]),
        [
          [1, 'n0'],
          [2, 'n2'],
          [3, 'n3'],
        ],
      );
    },
  );

  on('a body is kept byte for byte', async ({ writer, make, store }) => {
    const body = Uint8Array.of(0, 255, 1, 128, 10);
    await writer.run('checks.ping', aPing(T, { target: { code: await make() }, body }));
    const row = await store.db.selectFrom('pings').select('body').executeTakeFirstOrThrow();
    assert.deepEqual(Uint8Array.from(row.body ?? []), body);
  });

  on('one poisoned input fails alone', async ({ writer }) => {
    const run = writer as unknown as Writer<typeof broken>;
    const results = await Promise.allSettled([1, 13, 3].map((input) => run.run('test.poison', input)));
    assert.deepEqual(
      results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed')),
      [2, 'failed', 6],
    );
  });

  on('a command that fails halfway leaves neither rows nor effects, alone or in a group', async (bench) => {
    const { writer, store, effects } = bench;
    const run = writer as unknown as Writer<typeof broken>;
    // The first is alone, the others wait for it together.
    const results = await Promise.allSettled(
      ['bad 1', 'bad 2', 'good', 'bad 3'].map((key) => run.run('test.halfway', key)),
    );
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected', 'fulfilled', 'rejected'],
    );
    const rows = await store.db.selectFrom('settings').select('key').where('value', '=', 'half').execute();
    assert.deepEqual(
      rows.map(({ key }) => key),
      ['good'],
    );
    assert.deepEqual(effects, [{ type: 'work', kind: 'good', at: T }]);
  });

  on(
    'a command that fails leaves nothing behind, and its neighbours stay',
    async ({ writer, make, store, effects }) => {
      const code = await make();
      effects.length = 0;
      const other = { projectId: 99, code, fields: {}, channels: null, match: null };
      const [conflict, good] = await Promise.allSettled([writer.run('checks.create', other), make()]);
      assert.equal(conflict.status, 'rejected');
      assert.equal(good.status, 'fulfilled');
      const { count } = await store.db
        .selectFrom('checks')
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      assert.equal(Number(count), 2);
      assert.equal(effects.filter((effect) => effect.type === 'changed').length, 1);
    },
  );

  on(
    'a deadline takes the check down once, at the moment it meant',
    async ({ writer, make, clock, store, state }) => {
      const code = await make();
      await writer.run('checks.ping', aPing(T, { target: { code } }));
      await clock.advance(70 * MINUTE - 1);
      assert.equal((await writer.run('checks.expire', null)).deadlines.length, 0);
      await clock.advance(5_000);
      const results = await Promise.all([
        writer.run('checks.expire', null),
        writer.run('checks.expire', null),
      ]);
      assert.deepEqual(
        results.map((result) => result.deadlines.length),
        [1, 0],
      );
      assert.equal((await state(code))['status'], 'down');
      const flip = await store.db
        .selectFrom('flips')
        .selectAll()
        .where('new_status', '=', 'down')
        .executeTakeFirstOrThrow();
      assert.deepEqual([flip.created_at, flip.reason], [T + 70 * MINUTE, 'timeout']);
    },
  );

  on('a deadline that has moved is left alone', async ({ writer, make, clock, store }) => {
    const code = await make();
    await writer.run('checks.ping', aPing(T, { target: { code } }));
    await clock.advance(70 * MINUTE);
    await writer.run('checks.ping', aPing(clock.now(), { target: { code } }));
    const { deadlines, next } = await writer.run('checks.expire', null);
    assert.deepEqual([deadlines, next], [[], clock.now() + 70 * MINUTE]);
    assert.equal(
      (await store.db.selectFrom('flips').selectAll().where('new_status', '=', 'down').execute()).length,
      0,
    );
  });

  on('only a deadline that comes nearer is told to the timer', async ({ writer, make, effects }) => {
    const code = await make();
    effects.length = 0;
    for (const at of [T, T + 1]) await writer.run('checks.ping', aPing(at, { target: { code } }));
    assert.deepEqual(
      effects.filter((effect) => effect.type === 'deadline'),
      [{ type: 'deadline', at: T + 70 * MINUTE }],
    );
  });

  on('the log is cut every hundred pings', async ({ writer, make, store }) => {
    const code = await make();
    await Promise.all(
      Array.from({ length: 250 }, (_, i) => writer.run('checks.ping', aPing(T + i, { target: { code } }))),
    );
    const row = await store.db
      .selectFrom('pings')
      .select((e) => [e.fn.min('n').as('first'), e.fn.max('n').as('last')])
      .executeTakeFirstOrThrow();
    assert.ok(Number(row.first) > 50 && Number(row.last) === 250, `${row.first}..${row.last}`);
  });

  on(
    'work is claimed once, comes back after its lease, and its fence refuses the late',
    async ({ writer, store, clock }) => {
      await store.db
        .insertInto('work')
        .values({ kind: 'k', key: 'a', due_at: T, owner: null, lease_until: null, fence: 0, pending: 1 })
        .execute();
      const claim = (owner: string) => writer.run('work.claim', { kind: 'k', owner, lease: 1000, limit: 10 });
      const [first, second] = [await claim('one'), await claim('two')];
      assert.deepEqual([first.claims.length, second.claims.length, second.next], [1, 0, T + 1000]);
      await clock.advance(1000);
      const [taken] = (await claim('two')).claims;
      assert.equal(taken?.fence, 2);
      const finish = (fence: number) =>
        writer.run('work.finish', { kind: 'k', key: 'a', fence, pending: 1, again: null });
      assert.equal(await finish(1), false);
      assert.equal(await finish(2), true);
      assert.equal((await store.db.selectFrom('work').selectAll().execute()).length, 0);
    },
  );

  on('work asked for again while it is being done stays due', async ({ writer, store }) => {
    await store.db
      .insertInto('work')
      .values({ kind: 'k', key: 'a', due_at: T, owner: null, lease_until: null, fence: 0, pending: 1 })
      .execute();
    const [taken] = (await writer.run('work.claim', { kind: 'k', owner: 'one', lease: 1000, limit: 10 }))
      .claims;
    await store.db.updateTable('work').set({ pending: 2 }).execute();
    assert.equal(
      await writer.run('work.finish', {
        kind: 'k',
        key: 'a',
        fence: taken?.fence ?? 0,
        pending: 1,
        again: null,
      }),
      true,
    );
    const row = await store.db.selectFrom('work').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([row.due_at, row.owner], [T, null]);
  });

  on('a delivered message is written down, and its lane ends', async ({ writer, make, store, project }) => {
    const settings = JSON.stringify({ url_down: 'http://127.0.0.1/' });
    const channel = { projectId: project, kind: 'webhook', name: 'w', settings, assignAll: true };
    const code = await make();
    await writer.run('channels.create', channel);
    await writer.run('checks.ping', aPing(T, { target: { code }, action: 'fail' }));
    const { claims } = await writer.run('work.claim', {
      kind: 'delivery',
      owner: 'one',
      lease: 1000,
      limit: 9,
    });
    const [claim] = claims;
    const delivery = await store.db.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow();
    assert.equal(claim?.key, delivery.lane);
    const result = {
      deliveryId: delivery.id,
      channelId: delivery.channel_id,
      state: 'sent' as const,
      at: T,
      duration: 7,
      answer: '200',
      error: '',
      disable: false,
    };
    const settlement = { lane: claim.key, owner: 'one', fence: claim.fence, result, again: null };
    assert.equal(await writer.run('notify.settle', settlement), 'settled');
    const settled = await store.db.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([settled.state, settled.attempts, settled.finished_at], ['sent', 1, T]);
    assert.equal((await store.db.selectFrom('delivery_attempts').selectAll().execute()).length, 1);
    assert.equal((await store.db.selectFrom('work').selectAll().execute()).length, 0);
  });

  on(
    'a step of the clock lets what waits wait as long as it would have',
    async ({ writer, store, clock }) => {
      const row = {
        kind: 'k',
        owner: 'one',
        fence: 1,
        pending: 1,
        due_at: T + MINUTE,
        lease_until: T + MINUTE,
      };
      await store.db
        .insertInto('work')
        .values([{ ...row, key: 'a' }])
        .execute();
      clock.step(-HOUR);
      await writer.run('checks.shift', { node: 'one', delta: -HOUR });
      const shifted = await store.db.selectFrom('work').selectAll().executeTakeFirstOrThrow();
      assert.deepEqual([shifted.due_at, shifted.lease_until], [T + MINUTE - HOUR, T + MINUTE - HOUR]);
    },
  );

  on(
    'deadlines that fell into our own downtime move to ready plus grace',
    async ({ writer, make, clock, store, state }) => {
      const [late, fine] = [await make(), await make({ timeout: 864_000 })];
      await writer.run('nodes.start', 'one');
      for (const code of [late, fine]) await writer.run('checks.ping', aPing(T, { target: { code } }));
      await writer.run('nodes.stop', 'one');
      await clock.advance(5 * HOUR);
      const outage = await writer.run('nodes.start', 'two');
      assert.deepEqual(outage, { from: T, to: T + 5 * HOUR, moved: 1 });
      assert.equal((await writer.run('checks.expire', null)).deadlines.length, 0);
      assert.equal((await state(late))['alert_after'], T + 5 * HOUR + 10 * MINUTE);
      assert.equal((await state(fine))['excused_until'], null);
      await clock.advance(10 * MINUTE);
      assert.equal((await writer.run('checks.expire', null)).deadlines.length, 1);
      assert.equal((await store.db.selectFrom('outages').selectAll().execute()).length, 1);
    },
  );

  on(
    'a step of the clock moves periods along and computes calendars anew',
    async ({ writer, make, clock, state }) => {
      const [simple, cron] = [await make(), await make({ kind: 'cron', schedule: '0 * * * *' })];
      for (const code of [simple, cron]) await writer.run('checks.ping', aPing(T, { target: { code } }));
      clock.step(3 * HOUR);
      await writer.run('checks.shift', { node: 'one', delta: 3 * HOUR });
      assert.equal((await writer.run('checks.expire', null)).deadlines.length, 0);
      assert.equal((await state(simple))['alert_after'], T + 3 * HOUR + 70 * MINUTE);
      assert.equal((await state(cron))['alert_after'], T + 4 * HOUR + 10 * MINUTE);
    },
  );

  on('a step of the clock leaves waiting messages and ended nodes as old as they were', async (bench) => {
    const { writer, make, store, clock, project } = bench;
    await writer.run('nodes.start', 'ended');
    await writer.run('nodes.stop', 'ended');
    await clock.advance(HOUR);
    await writer.run('nodes.start', 'one');
    const settings = JSON.stringify({ url_down: 'http://127.0.0.1/' });
    const code = await make();
    await writer.run('channels.create', {
      projectId: project,
      kind: 'webhook',
      name: 'w',
      settings,
      assignAll: true,
    });
    await writer.run('checks.ping', aPing(clock.now(), { target: { code }, action: 'fail' }));
    const step = -48 * HOUR;
    clock.step(step);
    await writer.run('checks.shift', { node: 'one', delta: step });
    const { created_at } = await store.db.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow();
    const work = await store.db.selectFrom('work').selectAll().executeTakeFirstOrThrow();
    const nodes = await store.db.selectFrom('nodes').select(['id', 'alive_at']).orderBy('id').execute();
    assert.deepEqual([created_at, work.due_at], [clock.now(), clock.now()]);
    assert.deepEqual(
      nodes.map(({ id, alive_at }) => [id, alive_at]),
      [
        ['ended', T + step],
        ['one', clock.now()],
      ],
    );
  });

  on('pings of one group keep their place before and behind a step', async ({ writer, make, state }) => {
    const [before, behind] = [await make(), await make()];
    await Promise.all([
      writer.run('checks.ping', aPing(T, { target: { code: before } })),
      writer.run('checks.shift', { node: 'one', delta: 3 * HOUR }),
      writer.run('checks.ping', aPing(T + 3 * HOUR, { target: { code: behind } })),
    ]);
    const due = T + 3 * HOUR + 70 * MINUTE;
    assert.deepEqual(
      [(await state(before))['alert_after'], (await state(behind))['alert_after']],
      [due, due],
    );
  });

  on('silent hours are closed by housekeeping, once', async ({ writer, make, clock, store }) => {
    const code = await make();
    await writer.run('checks.ping', aPing(T, { target: { code }, action: 'fail' }));
    await clock.advance(2 * HOUR);
    for (let i = 0; i < 2; i++) assert.equal(await writer.run('maintenance.hours', null), false);
    const rows = await store.db
      .selectFrom('rollups')
      .select(['period', 'start_at', 'failures', 'down_ms'])
      .orderBy('period')
      .orderBy('start_at')
      .execute();
    assert.deepEqual(
      rows.map((row) => Object.values(row)),
      [
        ['d', T - 12 * HOUR, 1, 2 * HOUR],
        ['h', T, 1, HOUR],
        ['h', T + HOUR, 0, HOUR],
      ],
    );
  });

  on('retention deletes what is past its time and nothing else', async ({ writer, make, clock, store }) => {
    const code = await make();
    await writer.run('checks.ping', aPing(T, { target: { code } }));
    await clock.advance(10 * HOUR);
    await writer.run('checks.ping', aPing(clock.now(), { target: { code }, action: 'fail' }));
    const limits = { pings: HOUR, flips: HOUR, deliveries: HOUR, alerts: HOUR, afterCheck: 0 };
    assert.equal(await writer.run('maintenance.retention', limits), null);
    assert.deepEqual(
      (await store.db.selectFrom('pings').select('n').execute()).map((row) => row.n),
      [2],
    );
    assert.deepEqual(
      (await store.db.selectFrom('flips').select('reason').execute()).map((row) => row.reason),
      ['fail'],
    );
  });

  on('a deleted check is nowhere, and its UUID is free again', async ({ writer, make, store }) => {
    const code = await make();
    await writer.run('checks.ping', aPing(T, { target: { code } }));
    const { project_id: projectId } = await store.db
      .selectFrom('checks')
      .select('project_id')
      .executeTakeFirstOrThrow();
    await writer.run('checks.remove', { projectId, code });
    for (const table of ['checks', 'check_states', 'check_channels'] as const) {
      assert.equal((await store.db.selectFrom(table).selectAll().execute()).length, 0, table);
    }
    const again = await writer.run('checks.create', {
      projectId,
      code,
      fields: {},
      channels: null,
      match: null,
    });
    assert.deepEqual([again.created, again.check.code, again.check.n_pings], [true, code, 0]);
  });
}
