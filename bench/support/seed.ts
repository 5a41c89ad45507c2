import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type CheckFields, DEFAULT_FIELDS, firstState } from '../../apps/server/src/checks/create.ts';
import { migrate, openStore, type Store } from '../../apps/server/src/store/open.ts';
import type { CheckRow, CheckStateRow } from '../../apps/server/src/store/schema.ts';

export interface SeedOptions {
  checks: number;
  /** Deadline of the i-th check, epoch ms; null = it waits for its first ping. */
  deadline?: (i: number) => number | null;
  /** What the i-th check has otherwise than the others. */
  fields?: (i: number) => Partial<CheckFields>;
  /** A webhook of every check, called when it goes down; `$CODE` stands for the check. */
  webhook?: string;
}

const GRACE = 60;
const TIMEOUT = 3600;
/** Rows in one statement: SQLite takes 32,766 parameters. */
const PAGE = 500;

/** Fills an empty database with one project and its checks, past every API. @returns the checks' codes. */
export async function seed(databaseUrl: string, options: SeedOptions): Promise<string[]> {
  const store = openStore(databaseUrl, { connections: 1 });
  try {
    await migrate(store);
    if (store.engine === 'sqlite') await sql`pragma synchronous = off`.execute(store.db);
    return await fill(store, options);
  } finally {
    await store.close();
  }
}

async function fill(store: Store, options: SeedOptions): Promise<string[]> {
  const { id: projectId } = await store.db
    .insertInto('projects')
    .values({
      code: randomUUID(),
      name: 'bench',
      ping_key: 'benchbenchbenchbench22',
      badge_key: randomUUID(),
      show_slugs: 0,
      environments: '["production"]',
      created_at: Date.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const channelId =
    options.webhook === undefined ? null : await addWebhook(store, projectId, options.webhook);
  const codes: string[] = [];
  for (let from = 0; from < options.checks; from += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, options.checks - from) }, (_, i) => from + i);
    await insertPage(store, projectId, channelId, page, options, codes);
  }
  return codes;
}

async function insertPage(
  store: Store,
  projectId: number,
  channelId: number | null,
  page: number[],
  options: SeedOptions,
  codes: string[],
): Promise<void> {
  const checks: CheckRow[] = [];
  const states: CheckStateRow[] = [];
  for (const i of page) {
    const code = randomUUID();
    codes.push(code);
    checks.push({ ...checkRow(i + 1, code, projectId), ...options.fields?.(i) });
    states.push(stateRow(i + 1, options.deadline?.(i) ?? null));
  }
  await store.db.transaction().execute(async (transaction) => {
    await transaction.insertInto('checks').values(checks).execute();
    await transaction.insertInto('check_states').values(states).execute();
    if (channelId === null) return;
    const links = states.map(({ check_id }) => ({ check_id, channel_id: channelId }));
    await transaction.insertInto('check_channels').values(links).execute();
  });
}

function checkRow(id: number, code: string, projectId: number): CheckRow {
  return {
    ...DEFAULT_FIELDS,
    id,
    code,
    project_id: projectId,
    name: `check ${id}`,
    slug: `check-${id}`,
    timeout: TIMEOUT,
    grace: GRACE,
    badge_key: randomUUID(),
    unique_key: createHash('sha1').update(code).digest('hex'),
    created_at: 0,
    updated_at: 0,
    revision: 1,
  };
}

function stateRow(id: number, deadline: number | null): CheckStateRow {
  const state = firstState(id, 0);
  if (deadline === null) return state;
  const lastPing = deadline - (TIMEOUT + GRACE) * 1000;
  return { ...state, status: 'up', n_pings: 1, last_ping: lastPing, alert_after: deadline };
}

async function addWebhook(store: Store, projectId: number, url: string): Promise<number> {
  const { id } = await store.db
    .insertInto('channels')
    .values({
      code: randomUUID(),
      project_id: projectId,
      kind: 'webhook',
      name: 'bench',
      settings: JSON.stringify({ method_down: 'GET', url_down: url }),
      disabled: 0,
      last_error: '',
      last_notify_at: null,
      last_notify_duration: null,
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
