/** A database with a project whose checks and channels a test makes, and a clock that stands still. */
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Labels, PostedAlert } from '../../../src/alerts/model.ts';
import { testPost } from '../../../src/alerts/testing/alerts.ts';
import type { CheckFields } from '../../../src/checks/create.ts';
import type { Action } from '../../../src/checks/model.ts';
import type { PingInput } from '../../../src/checks/ping.ts';
import { type Commands, createCommands } from '../../../src/commands.ts';
import type { Writer } from '../../../src/store/command.ts';
import { inlineWriter } from '../../../src/store/inline-writer.ts';
import { migrate, type Store } from '../../../src/store/open.ts';
import type { AlertRow } from '../../../src/store/schema.ts';
import { aPing } from '../../../src/testing/checks.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import type { OpenFresh } from '../fresh-store.ts';

/** Noon of a Wednesday. */
export const T = Date.UTC(2026, 6, 15, 12);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export interface Named {
  id: number;
  code: string;
}

export class Bench {
  readonly store: Store;
  readonly clock = new FakeClock(T);
  readonly writer: Writer<Commands>;
  readonly projectId: number;

  constructor(store: Store, projectId: number) {
    this.store = store;
    this.projectId = projectId;
    this.writer = inlineWriter(store, {
      commands: createCommands({ checkLimit: 1000 }),
      clock: this.clock,
      newId: randomUUID,
      onEffects: () => undefined,
    });
  }

  async channel(name: string): Promise<Named> {
    const settings = JSON.stringify({ url_down: 'http://127.0.0.1/' });
    const channel = { projectId: this.projectId, kind: 'webhook', name, settings, assignAll: false };
    const { id, code } = await this.writer.run('channels.create', channel);
    return { id, code };
  }

  /** A check with a period of an hour and ten minutes of grace, unless told otherwise. */
  async check(fields: Partial<CheckFields> = {}, channels: readonly Named[] = []): Promise<Named> {
    const { check } = await this.writer.run('checks.create', {
      projectId: this.projectId,
      code: null,
      fields: { timeout: 3600, grace: 600, ...fields },
      channels: channels.map(({ id }) => id),
      match: null,
    });
    return { id: check.check_id, code: check.code };
  }

  /** Reports to a check, once for each action, all in one transaction. */
  async ping(
    { code }: Named,
    actions: Action | readonly Action[],
    own: Partial<PingInput> = {},
  ): Promise<void> {
    const all = typeof actions === 'string' ? [actions] : actions;
    const ping = aPing(this.clock.now(), { target: { code }, ...own });
    // The first of them would be alone in its transaction: something goes before it.
    await Promise.all([
      this.writer.run('maintenance.hours', null),
      ...all.map((action) => this.writer.run('checks.ping', { ...ping, action })),
    ]);
  }

  /** Posts alerts of a full disk by the API, unless told otherwise. */
  async post(...posts: Partial<PostedAlert>[]) {
    const now = this.clock.now();
    const full = posts.map((own) => testPost({ projectId: this.projectId, startsAt: now, ...own }));
    return this.writer.run('alerts.post', full);
  }

  /** A silence of what has these labels. */
  async silence(labels: Labels, from: number, to: number): Promise<string> {
    const matchers = Object.entries(labels).map(([name, value]) => {
      return { name, value, isRegex: false, isEqual: true };
    });
    const code = randomUUID();
    const row = {
      code,
      project_id: this.projectId,
      author: 'Bob',
      comment: 'works',
      created_at: T,
      updated_at: T,
    };
    const times = { starts_at: from, ends_at: to, noticed_at: null };
    await this.store.db
      .insertInto('silences')
      .values({ ...row, ...times, matchers: JSON.stringify(matchers) })
      .execute();
    return code;
  }

  /** A maintenance window of everything. */
  async window(from: number, to: number): Promise<void> {
    const row = {
      code: randomUUID(),
      project_id: this.projectId,
      name: 'Upgrade',
      author: 'Bob',
      comment: '',
    };
    const times = {
      starts_at: from,
      ends_at: to,
      schedule: '',
      duration: 0,
      time_zone: 'UTC',
      disabled: 0 as const,
    };
    await this.store.db
      .insertInto('maintenance_windows')
      .values({ ...row, ...times, tags: '[]', environments: '[]', created_at: T, updated_at: T })
      .execute();
  }

  async depends(check: Named, on: Named): Promise<void> {
    const link = { check_id: check.id, depends_on_id: on.id };
    await this.store.db.insertInto('check_dependencies').values(link).execute();
  }

  /** Lets time pass, then does all that is due for alerts. */
  async pass(duration: number): Promise<void> {
    await this.clock.advance(duration);
    await this.writer.run('checks.expire', null);
    await this.look();
  }

  /** Looks at what is due, until nothing is. @returns how many alerts each look took. */
  async look(): Promise<number[]> {
    const counts: number[] = [];
    for (;;) {
      const { count } = await this.writer.run('alerts.review', null);
      if (count === 0) return counts;
      counts.push(count);
    }
  }

  async alerts(): Promise<AlertRow[]> {
    return this.store.db.selectFrom('alerts').selectAll().orderBy('id').execute();
  }

  /** The messages that were queued, in order: `firing mail`. */
  async told(): Promise<string[]> {
    const rows = await this.store.db
      .selectFrom('deliveries')
      .leftJoin('channels', 'channels.id', 'deliveries.channel_id')
      .select(['deliveries.kind', 'channels.name'])
      .orderBy('deliveries.id')
      .execute();
    return rows.map(({ kind, name }) => `${kind} ${name ?? 'deleted'}`);
  }

  /** What the ledger says of alerts, in order: kind and detail. */
  async events(): Promise<{ kind: string; detail: Record<string, unknown> }[]> {
    const rows = await this.store.db.selectFrom('alert_events').selectAll().orderBy('id').execute();
    return rows.map(({ kind, detail }) => ({ kind, detail: JSON.parse(detail) as Record<string, unknown> }));
  }

  /** Looks at alerts that are still to come, epoch ms. */
  async planned(): Promise<number[]> {
    const rows = await this.store.db
      .selectFrom('work')
      .select('due_at')
      .where('kind', '=', 'alert')
      .execute();
    return rows.map((row) => row.due_at);
  }
}

/** Registers cases of one engine; each gets a fresh database of this version. */
export type On = (name: string, body: (bench: Bench) => Promise<void>) => void;

export function onEngine(engine: string, open: OpenFresh): On {
  return (name, body) => {
    test(`${engine}: ${name}`, async () => {
      const { store, close } = await open();
      try {
        await migrate(store);
        await body(new Bench(store, await makeProject(store)));
      } finally {
        await close();
      }
    });
  };
}

export async function makeProject({ db }: Pick<Store, 'db'>): Promise<number> {
  const { id } = await db
    .insertInto('projects')
    .values({
      code: randomUUID(),
      name: 'Shop',
      ping_key: `k${randomUUID()}`,
      badge_key: randomUUID(),
      show_slugs: 0,
      environments: '["production"]',
      created_at: T,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
