import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import { postgresBulk } from './postgres/bulk.ts';
import { driver } from './postgres/driver.ts';
import type { Database } from './schema.ts';
import { sqliteBulk } from './sqlite/bulk.ts';
import { SqliteConnection } from './sqlite/connection.ts';
import type { Bulk, Engine } from './tx.ts';

/** An open database. `close` ends every connection. */
export interface Store {
  readonly engine: Engine;
  readonly db: Kysely<Database>;
  /** The bulk statements, inside the given transaction. */
  bulk(transaction: Kysely<Database>): Bulk;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Refuses every write (the main thread's connection). */
  readOnly?: boolean;
  /** No commit waits for the disk: of an SQLite file that is synced as a whole before it counts. */
  isDraft?: boolean;
  /** PostgreSQL connections at most. */
  connections?: number;
}

/** Times and counts fit a double: read 64-bit integers and sums as numbers. */
const INT8 = 20;
const NUMERIC = 1700;

/**
 * Opens `sqlite:<path>` or `postgres://...`. Nothing is migrated here.
 * @throws when the path cannot be opened; PostgreSQL is reached on first use.
 */
export function openStore(url: string, options: StoreOptions = {}): Store {
  if (!url.startsWith('sqlite:')) return openPostgres(url, options);
  const { readOnly, isDraft } = options;
  return storeOn(new SqliteConnection(url.slice('sqlite:'.length), { readOnly, isDraft }));
}

/** A store on an open SQLite connection, which is its own from now on. */
export function storeOn(connection: SqliteConnection): Store {
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: connection }) });
  const bulk = sqliteBulk(connection);
  const close = async (): Promise<void> => {
    await db.destroy();
    // Kysely closes only what it has used.
    connection.close();
  };
  return { engine: 'sqlite', db, bulk: () => bulk, close };
}

function openPostgres(url: string, options: StoreOptions): Store {
  const pg = driver();
  const types = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === INT8 || oid === NUMERIC
        ? (text: string) => Number(text)
        : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 4,
    types,
    application_name: 'vigie',
    connectionTimeoutMillis: 10_000,
    ...(options.readOnly ? { options: '-c default_transaction_read_only=on' } : {}),
  });
  // A connection that breaks is replaced on next use, and one in use fails its query. Without a listener on
  // both, the pool for the idle ones and the client for those in use, it would end the thread.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return { engine: 'postgres', db, bulk: postgresBulk, close: () => db.destroy() };
}

/** Names of the migrations that `migrate` would run now. */
export async function pendingMigrations(store: Store): Promise<string[]> {
  const all = await migrator(store).getMigrations();
  return all.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name);
}

/** Names of all migrations of this version, in order. */
export function migrationNames(): string[] {
  return Object.keys(migrations('sqlite'));
}

/**
 * Brings the tables to this version, or to that of the migration `upTo`. On PostgreSQL `db` may be a transaction.
 * @throws with the failing migration's name; what ran before it stays.
 */
export async function migrate(store: Pick<Store, 'engine' | 'db'>, upTo?: string): Promise<void> {
  const all = migrator(store);
  const { error, results } = await (upTo === undefined ? all.migrateToLatest() : all.migrateTo(upTo));
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
  throw new Error(`migration ${failed} failed`, { cause: error });
}

function migrator(store: Pick<Store, 'engine' | 'db'>): Migrator {
  return new Migrator({
    db: store.db,
    provider: { getMigrations: async () => migrations(store.engine) },
  });
}

/** Whether the database answers. */
export async function ping(store: Store): Promise<boolean> {
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(store.db);
  return rows[0]?.one === 1;
}
