import { sql } from 'kysely';
import type { Store } from '../open.ts';

/** Writes a compact, consistent copy of the open SQLite database to a new file, while others go on. */
export async function snapshotSqlite(store: Store, path: string): Promise<void> {
  await sql`vacuum into ${path}`.execute(store.db);
}
