/** Puts a project with checks into a database before a server opens it. */
import { randomUUID } from 'node:crypto';
import type { CheckFields } from '../../src/checks/create.ts';
import { systemClock } from '../../src/clock.ts';
import { type Commands, createCommands } from '../../src/commands.ts';
import type { Writer } from '../../src/store/command.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { migrate, openStore, type Store } from '../../src/store/open.ts';

export interface Seed {
  /** How many checks. */
  checks: number;
  fields?: Partial<CheckFields>;
  /** Channels of every check. */
  webhooks?: { url: string }[];
}

/** Migrates the database and fills it; returns the codes of the checks. */
export async function seed(databaseUrl: string, wanted: Seed): Promise<string[]> {
  const store = openStore(databaseUrl);
  try {
    await migrate(store);
    return await fill(store, wanted);
  } finally {
    await store.close();
  }
}

/** The same on an open store, which is migrated already. */
export async function fill(store: Store, wanted: Seed): Promise<string[]> {
  const writer = inlineWriter(store, {
    commands: createCommands({ checkLimit: 1_000_000 }),
    clock: systemClock,
    newId: randomUUID,
    onEffects: () => undefined,
  });
  const projectId = await insertProject(store);
  for (const { url } of wanted.webhooks ?? []) await insertWebhook(store, projectId, url);
  return insertChecks(writer, projectId, wanted);
}

async function insertProject(store: Store): Promise<number> {
  const { id } = await store.db
    .insertInto('projects')
    .values({
      code: randomUUID(),
      name: 'Reliability',
      ping_key: randomUUID(),
      badge_key: randomUUID(),
      show_slugs: 0,
      environments: '["production"]',
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function insertWebhook(store: Store, projectId: number, url: string): Promise<void> {
  const settings = { method_down: 'POST', url_down: url, method_up: 'POST', url_up: url };
  await store.db
    .insertInto('channels')
    .values({
      code: randomUUID(),
      project_id: projectId,
      kind: 'webhook',
      name: 'hook',
      settings: JSON.stringify(settings),
      disabled: 0,
      last_error: '',
      last_notify_at: null,
      last_notify_duration: null,
      created_at: 0,
    })
    .execute();
}

async function insertChecks(writer: Writer<Commands>, projectId: number, wanted: Seed): Promise<string[]> {
  const make = () =>
    writer.run('checks.create', {
      projectId,
      code: null,
      fields: wanted.fields ?? {},
      channels: 'all',
      match: null,
    });
  const made = await Promise.all(Array.from({ length: wanted.checks }, make));
  return made.map(({ check }) => check.code);
}
