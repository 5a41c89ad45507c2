import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Store } from '../store/open.ts';
import type { Database } from '../store/schema.ts';
import { holdsBytes, type Table } from './tables.ts';

export type Row = Record<string, number | string | Uint8Array | null>;

/** Rows of one page at most. */
const PAGE_ROWS = 1_000;
/** Bytes of bodies in one page, unless a single one has more. */
const PAGE_BYTES = 8_388_608;

/** Runs `work` on one unchanging state of the database, while others go on writing. */
export function onSnapshot<T>(store: Store, work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  const transaction = store.db.transaction();
  if (store.engine === 'sqlite') return transaction.execute(work);
  return transaction.setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}

/** The rows of a table in the order of its key, page by page. */
export async function* pagesOf(db: Kysely<Database>, table: Table): AsyncGenerator<Row[]> {
  const key = sql.join(table.key.map((name) => sql.ref(name)));
  const columns = sql.join(table.columns.map(({ name }) => sql.ref(name)));
  const bytes = table.columns.filter(holdsBytes).map(({ name }) => name);
  let last: RawBuilder<unknown> | null = null;
  for (;;) {
    const after: RawBuilder<unknown> = last === null ? sql`` : sql`where (${key}) > (${last})`;
    const from = sql`from ${sql.table(table.name)} ${after} order by ${key}`;
    const limit = bytes.length === 0 ? PAGE_ROWS : await fitting(db, from, bytes);
    const page = await sql<Row>`select ${columns} ${from} limit ${limit}`.execute(db);
    const end = page.rows.at(-1);
    if (end === undefined) return;
    yield page.rows;
    last = sql.join(table.key.map((name) => end[name]));
  }
}

/** How many of the next rows make a page: their bytes may be few or many. */
async function fitting(db: Kysely<Database>, from: RawBuilder<unknown>, bytes: string[]): Promise<number> {
  const size = sql.join(
    bytes.map((name) => sql`coalesce(length(${sql.ref(name)}), 0)`),
    sql` + `,
  );
  const { rows } = await sql<{ size: number }>`select ${size} as size ${from} limit ${PAGE_ROWS}`.execute(db);
  let total = 0;
  const within = rows.findIndex((row) => {
    total += row.size;
    return total > PAGE_BYTES;
  });
  return within === -1 ? PAGE_ROWS : Math.max(1, within);
}
