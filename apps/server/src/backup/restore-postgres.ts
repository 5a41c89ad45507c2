import { type Kysely, sql } from 'kysely';
import { migrate, openStore, type Store } from '../store/open.ts';
import type { Database } from '../store/schema.ts';
import { BackupError } from './backup-error.ts';
import { loadRows } from './load.ts';
import type { OpenBackup } from './read.ts';
import type { TargetOptions } from './restore-sqlite.ts';
import { executedMigrations, tablesOf } from './tables.ts';

/** Milliseconds: a node that gave a sign of life since is running. */
const ALIVE = 30_000;

/** Loads a backup into a PostgreSQL database in one transaction. @returns the rows. */
export async function intoPostgres(backup: OpenBackup, options: TargetOptions): Promise<number> {
  const store = openStore(options.databaseUrl, { connections: 1 });
  try {
    return await store.db.transaction().execute(async (db) => {
      await clear(db, options);
      const here: Pick<Store, 'engine' | 'db'> = { engine: store.engine, db };
      await migrate(here, backup.header.migrations.at(-1));
      const rows = await loadRows(backup, store, db);
      await migrate(here);
      return rows;
    });
  } finally {
    await store.close();
  }
}

/** Empties the database, where that is wanted. */
async function clear(db: Kysely<Database>, { force, now }: TargetOptions): Promise<void> {
  if ((await executedMigrations(db)).length === 0) return;
  if (!force) throw new BackupError('the database holds tables of Vigie; --force replaces them');
  const { alive } = await db
    .selectFrom('nodes')
    .select((e) => e.fn.max('alive_at').as('alive'))
    .where('stopped_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (alive !== null && alive > now - ALIVE)
    throw new BackupError('a Vigie is running on this database: stop it first');
  const names = (await tablesOf(db)).map(({ name }): string => name);
  for (const name of [...names, 'kysely_migration', 'kysely_migration_lock']) {
    await sql`drop table ${sql.table(name)}`.execute(db);
  }
}
