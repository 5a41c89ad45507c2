/** A database from before there were alerts, brought to this version. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { composeMessage } from '../../../src/notify/compose.ts';
import { nextDeliveries } from '../../../src/notify/load.ts';
import { migrate, type Store } from '../../../src/store/open.ts';
import type { OpenFresh } from '../fresh-store.ts';
import { Bench, HOUR, MINUTE, T } from './bench.ts';

/** When the outages began, by what is still known of them. */
const BEGAN = T - 50 * HOUR;
const SITE = { baseUrl: 'http://vigie.test', ackLink: () => null };

export function adoptionSuite(engine: string, open: OpenFresh): void {
  const on = (name: string, body: (old: OldDatabase) => Promise<void>): void => {
    test(`${engine}: ${name}`, async () => {
      const { store, close } = await open();
      try {
        await migrate(store, '0001-foundation');
        await body(new OldDatabase(store));
      } finally {
        await close();
      }
    });
  };

  on('the recovery of a check that was down reaches the channels that got its outage', async (old) => {
    const [mail, chat, never] = [
      await old.channel('mail'),
      await old.channel('chat'),
      await old.channel('never'),
    ];
    const check = await old.check('down', { since: T - HOUR / 2 });
    const flip = await old.flip(check.id, 'down', BEGAN);
    await old.delivery(check.id, flip, mail, 'sent');
    await old.delivery(check.id, flip, chat, 'failed');
    const bench = await old.migrated();
    // Nobody is told twice, and whoever was never told stays so.
    await old.link(check.id, never);
    await bench.look();
    await bench.ping(check, 'success');
    assert.deepEqual(await bench.told(), ['firing mail', 'firing chat', 'resolved mail', 'resolved chat']);
    const [alert, ...others] = await bench.alerts();
    assert.deepEqual(
      [alert?.state, alert?.starts_at, alert?.notified_at, alert?.flip_id, others.length],
      ['resolved', BEGAN, BEGAN, flip, 0],
    );
  });

  on('what is down tells since when, as its flip does', async (old) => {
    const known = await old.check('down', { since: T - HOUR / 2 });
    await old.flip(known.id, 'down', BEGAN);
    const past = await old.check('down', { since: T - HOUR / 2 });
    const bench = await old.migrated();
    const states = await bench.store.db
      .selectFrom('check_states')
      .select(['check_id', 'down_since'])
      .execute();
    const since = new Map(states.map(({ check_id, down_since }) => [check_id, down_since]));
    assert.deepEqual([since.get(known.id), since.get(past.id)], [BEGAN, T - HOUR / 2]);
  });

  on(
    'messages that waited are sent as what they are, those that were sent are what they were',
    async (old) => {
      const mail = await old.channel('mail');
      const [down, up] = [await old.check('down', { since: BEGAN }), await old.check('up', { since: null })];
      const flips = [
        await old.flip(up.id, 'down', BEGAN),
        await old.flip(up.id, 'up', BEGAN + MINUTE),
        await old.flip(down.id, 'down', BEGAN),
      ];
      await old.delivery(up.id, flips[0] ?? '', mail, 'sent');
      await old.delivery(up.id, flips[1] ?? '', mail, 'queued');
      await old.delivery(down.id, flips[2] ?? '', mail, 'queued');
      const bench = await old.migrated();
      assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail', 'firing mail']);
      const { claims } = await bench.writer.run('work.claim', {
        kind: 'delivery',
        owner: 'one',
        lease: 1000,
        limit: 9,
      });
      const waiting = await nextDeliveries(
        bench.store.db,
        claims.map(({ key }) => key),
      );
      const messages = waiting.map((delivery) => composeMessage(delivery, SITE));
      assert.deepEqual(messages.map(said).sort(), [
        `down firing timeout since ${BEGAN}, at ${BEGAN}`,
        `up resolved  since ${BEGAN}, at ${BEGAN + MINUTE}`,
      ]);
    },
  );

  on('an outage whose flip is past its time is an alert, and ends', async (old) => {
    const check = await old.check('down', { since: T - HOUR });
    const unknown = await old.check('down', { since: null });
    const bench = await old.migrated();
    const began = (await bench.alerts()).map(({ starts_at: at, flip_id: flip }) => [at, flip]);
    assert.deepEqual(began, [
      [T - HOUR, null],
      [T - 60 * HOUR, null],
    ]);
    for (const one of [check, unknown]) await bench.ping(one, 'success');
    assert.deepEqual(
      (await bench.alerts()).map(({ state }) => state),
      ['resolved', 'resolved'],
    );
  });

  on('checks that are not down have no alerts, and go down as ever', async (old) => {
    const mail = await old.channel('mail');
    const checks = [];
    for (const status of ['new', 'up', 'paused']) checks.push(await old.check(status, { since: null }));
    const [fresh] = checks;
    assert.ok(fresh !== undefined);
    await old.link(fresh.id, mail);
    const bench = await old.migrated();
    assert.deepEqual(await bench.alerts(), []);
    await bench.ping(fresh, 'fail');
    assert.deepEqual(await bench.told(), ['firing mail']);
  });

  on('an adopted outage has the labels and the severity of its check', async (old) => {
    const mail = await old.channel('mail');
    const tags = 'tier1 db team=ops severity=P3';
    const check = await old.check('down', { since: BEGAN, tags });
    await old.link(check.id, mail);
    await old.flip(check.id, 'down', BEGAN);
    const bench = await old.migrated();
    await bench.ping(check, ['success', 'fail']);
    const [adopted, next] = await bench.alerts();
    // As the check's next outage has them.
    assert.equal(adopted?.labels, next?.labels);
    assert.match(adopted?.labels ?? '', /"check":"Backup".*"severity":"P3".*"team":"ops"/);
    assert.deepEqual([adopted?.severity, next?.severity], ['warning', 'warning']);
  });

  on('an outage that follows an adopted one gets an id of its own', async (old) => {
    const check = await old.check('down', { since: BEGAN });
    await old.flip(check.id, 'down', BEGAN);
    const bench = await old.migrated();
    await bench.ping(check, ['success', 'fail']);
    const [adopted, next] = await bench.alerts();
    assert.deepEqual([adopted?.id, adopted?.state, next?.state], [check.id, 'resolved', 'firing']);
    assert.ok((next?.id ?? 0) > check.id);
  });
}

function said(message: ReturnType<typeof composeMessage>): string {
  if ('skip' in message) return message.skip;
  const { status, kind, reason, downSince, at } = message;
  return `${status} ${kind} ${reason} since ${downSince}, at ${at}`;
}

/** What is of no matter here, in the columns of the first version. */
const CHECK = {
  name: 'Backup',
  slug: 'backup',
  tags: '',
  description: '',
  kind: 'simple',
  timeout: 3600,
  grace: 600,
  schedule: '* * * * *',
  time_zone: 'UTC',
  manual_resume: 0,
  methods: '',
  start_kw: '',
  success_kw: '',
  failure_kw: '',
  filter_subject: 0,
  filter_body: 0,
  filter_http_body: 0,
  filter_default_fail: 0,
};

/** Tables as the first version made them. */
class OldDatabase {
  readonly #store: Store;
  #projectId = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  async migrated(): Promise<Bench> {
    await migrate(this.#store);
    return new Bench(this.#store, await this.#project());
  }

  async #project(): Promise<number> {
    if (this.#projectId !== 0) return this.#projectId;
    const row = {
      name: 'Shop',
      ping_key: 'k',
      badge_key: 'b',
      show_slugs: 0,
      environments: '["production"]',
    };
    this.#projectId = await this.#insert('projects', { ...row, code: randomUUID(), created_at: T });
    return this.#projectId;
  }

  async check(
    status: string,
    { since, tags = '' }: { since: number | null; tags?: string },
  ): Promise<{ id: number; code: string }> {
    const code = randomUUID();
    const id = await this.#insert('checks', {
      ...CHECK,
      tags,
      code,
      project_id: await this.#project(),
      environment: 'production',
      badge_key: randomUUID(),
      unique_key: code,
      created_at: T - 60 * HOUR,
      updated_at: T - 60 * HOUR,
      revision: 1,
    });
    const counters = [
      'successes',
      'failures',
      'starts',
      'logs',
      'ignored',
      'runs',
      'duration_sum',
      'duration_max',
    ];
    await this.#insert(
      'check_states',
      {
        ...Object.fromEntries(
          [...counters, 'down_ms', 'skew', 'n_pings', 'has_confirmation_link'].map((name) => [name, 0]),
        ),
        check_id: id,
        status,
        hour: T,
        down_since: since,
      },
      'check_id',
    );
    return { id, code };
  }

  async flip(checkId: number, status: 'down' | 'up', at: number): Promise<string> {
    const id = randomUUID();
    const [old_status, reason] = status === 'down' ? ['up', 'timeout'] : ['down', ''];
    const row = { id, check_id: checkId, created_at: at, old_status, new_status: status, reason };
    await this.#insert('flips', row, 'check_id');
    return id;
  }

  async channel(name: string): Promise<number> {
    const row = { code: randomUUID(), kind: 'webhook', name, settings: '{}', disabled: 0, last_error: '' };
    return this.#insert('channels', { ...row, project_id: await this.#project(), created_at: T });
  }

  async link(checkId: number, channelId: number): Promise<void> {
    await this.#insert('check_channels', { check_id: checkId, channel_id: channelId }, 'check_id');
  }

  /** A message of a flip, as they were queued: with its lane in `work` while it waits. */
  async delivery(checkId: number, flipId: string, channelId: number, state: string): Promise<void> {
    await this.#insert('deliveries', {
      key: `${flipId}:${channelId}`,
      project_id: await this.#project(),
      channel_id: channelId,
      check_id: checkId,
      flip_id: flipId,
      kind: 'flip',
      lane: `${checkId}:${channelId}`,
      state,
      attempts: 0,
      created_at: T,
      answer: '',
      error: '',
    });
    if (state !== 'queued') return;
    const row = { kind: 'delivery', key: `${checkId}:${channelId}`, due_at: T, fence: 0, pending: 1 };
    await this.#insert('work', row, 'fence');
  }

  /** @returns the row's `key`. */
  async #insert(table: string, row: Record<string, string | number | null>, key = 'id'): Promise<number> {
    const columns = Object.keys(row).map((name) => sql.ref(name));
    const { rows } = await sql<{ key: number }>`insert into ${sql.table(table)} (${sql.join(columns)})
      values (${sql.join(Object.values(row))}) returning ${sql.ref(key)} as key`.execute(this.#store.db);
    return rows[0]?.key ?? 0;
  }
}
