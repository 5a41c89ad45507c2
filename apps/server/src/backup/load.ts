import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { Store } from '../store/open.ts';
import type { Database } from '../store/schema.ts';
import { BackupError } from './backup-error.ts';
import type { OpenBackup } from './read.ts';
import type { TableOpening, Value } from './row-codec.ts';
import { type Column, type Table, type TableName, tablesOf } from './tables.ts';

/** Rows and bytes of bodies that are inserted together. */
const BATCH_ROWS = 1_000;
const BATCH_BYTES = 8_388_608;

/** Inserts rows of one table. */
type Insert = (table: Table, columns: Column[], rows: Value[][]) => Promise<void>;

/**
 * Loads all rows of a backup into empty tables of the backup's own version.
 * @returns how many. @throws BackupError when a row does not fit; the caller undoes what was loaded.
 */
export async function loadRows(backup: OpenBackup, store: Store, db: Kysely<Database>): Promise<number> {
  const tables = new Map((await tablesOf(db)).map((table) => [table.name, table]));
  const insert: Insert = store.engine === 'sqlite' ? sqliteInsert(store) : postgresInsert(db);
  let count = 0;
  for await (const { opening, rows } of backup.tables()) {
    const table = tables.get(opening.table as TableName);
    const columns = table === undefined ? [] : columnsOf(table, opening);
    if (table === undefined) throw new BackupError(`there is no table ${opening.table} to restore`);
    for await (const batch of batches(rows)) {
      await insert(table, columns, batch).catch((error: Error) => {
        throw new BackupError(`cannot restore ${table.name}: ${error.message}`, { cause: error });
      });
      count += batch.length;
    }
    if (store.engine === 'postgres') await advanceSequences(db, table);
  }
  return count;
}

function columnsOf(table: Table, opening: TableOpening): Column[] {
  return opening.columns.map((name) => {
    const column = table.columns.find((known) => known.name === name);
    if (column === undefined) throw new BackupError(`there is no column ${name} in ${table.name}`);
    return column;
  });
}

async function* batches(rows: AsyncIterable<Value[]>): AsyncGenerator<Value[][]> {
  let batch: Value[][] = [];
  let bytes = 0;
  for await (const row of rows) {
    batch.push(row);
    for (const value of row) bytes += value instanceof Uint8Array ? value.length : 0;
    if (batch.length < BATCH_ROWS && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

/** A transaction for each batch: one for all would keep the whole database in the log. */
function sqliteInsert(store: Store): Insert {
  return (table, columns, rows) =>
    store.db.transaction().execute((transaction) =>
      store.bulk(transaction).insert(
        table.name,
        columns.map(({ name }) => name),
        rows,
      ),
    );
}

function postgresInsert(db: Kysely<Database>): Insert {
  return async (table, columns, rows) => {
    const names = columns.map(({ name }) => name).join(', ');
    const arrays = columns.map(({ type }, i) => `$${i + 1}::${type}[]`).join(', ');
    const text = `insert into ${table.name} (${names}) select * from unnest(${arrays})`;
    const values = columns.map((_, i) => rows.map((row) => row[i]));
    await db.executeQuery(CompiledQuery.raw(text, values));
  };
}

/** New rows go on counting where the restored ones end. */
async function advanceSequences(db: Kysely<Database>, table: Table): Promise<void> {
  for (const { name } of table.columns.filter(({ generated }) => generated)) {
    const column = sql.ref(name);
    await sql`select setval(pg_get_serial_sequence(${table.name}, ${name}), max(${column}))
      from ${sql.table(table.name)} having max(${column}) is not null`.execute(db);
  }
}
