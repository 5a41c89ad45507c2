import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';

export type TableName = keyof Database;

/** Every table and the columns that identify its rows, in the order in which a backup holds them. */
const KEYS: Record<TableName, readonly string[]> = {
  settings: ['key'],
  users: ['id'],
  second_factors: ['user_id'],
  recovery_codes: ['user_id', 'hash'],
  passkeys: ['id'],
  mails: ['id'],
  projects: ['id'],
  members: ['project_id', 'user_id'],
  api_keys: ['id'],
  sessions: ['hash'],
  audit_log: ['id'],
  nodes: ['id'],
  outages: ['id'],
  channels: ['id'],
  checks: ['id'],
  check_states: ['check_id'],
  probes: ['check_id'],
  probe_states: ['check_id'],
  config_documents: ['project_id', 'owner'],
  config_items: ['project_id', 'noun', 'code'],
  removed_checks: ['check_id'],
  check_channels: ['check_id', 'channel_id'],
  pings: ['check_id', 'n'],
  flips: ['id'],
  rollups: ['check_id', 'period', 'start_at'],
  deliveries: ['id'],
  delivery_attempts: ['delivery_id', 'n'],
  check_dependencies: ['check_id', 'depends_on_id'],
  alerts: ['id'],
  alert_events: ['id'],
  silences: ['id'],
  maintenance_windows: ['id'],
  incidents: ['id'],
  push_groups: ['id'],
  push_families: ['group_id', 'name'],
  work: ['kind', 'key'],
};

export interface Column {
  name: string;
  /** The engine's own name of its type. */
  type: string;
  /** Filled by the engine where an insert leaves it out. */
  generated: boolean;
}

export interface Table {
  name: TableName;
  key: readonly string[];
  columns: Column[];
}

const BYTES = new Set(['blob', 'bytea']);

export function holdsBytes(column: Column): boolean {
  return BYTES.has(column.type.toLowerCase());
}

/** The tables that a database has, with their columns as they are. */
export async function tablesOf(db: Kysely<Database>): Promise<Table[]> {
  const found = new Map((await db.introspection.getTables()).map((table) => [table.name, table]));
  return (Object.keys(KEYS) as TableName[]).flatMap((name) => {
    const table = found.get(name);
    if (table === undefined) return [];
    const columns = table.columns.map((column) => ({
      name: column.name,
      type: column.dataType,
      generated: column.isAutoIncrementing,
    }));
    return [{ name, key: KEYS[name], columns }];
  });
}

/** Names of the migrations that were run on a database, in order; none when it is new. */
export async function executedMigrations(db: Kysely<Database>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}
