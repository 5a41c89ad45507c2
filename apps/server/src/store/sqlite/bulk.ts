import { LEAN_SELECT, type LeanCheck, type LeanValues, leanCheck } from '../lean-check.ts';
import type { Bulk, Value, Values } from '../tx.ts';
import type { SqliteConnection } from './connection.ts';

/**
 * Rows that one statement inserts. Opening a table's indexes costs a fifth of inserting a row, and is shared; more
 * rows gain nothing, and groups of pings are small.
 */
const PAGE = 16;

/** {@link Bulk} on SQLite: prepared statements whose text does not depend on the number of rows. */
export function sqliteBulk(connection: SqliteConnection): Bulk {
  return {
    async checksBy(key, values) {
      const column = key === 'id' ? 'c.id' : 'c.code';
      // The cross joins keep the order: from the list to the rows, never through a whole table.
      const statement = connection.prepare(`select ${LEAN_SELECT} from json_each(?) as wanted
        cross join checks c on ${column} = wanted.value cross join check_states s on s.check_id = c.id`).raw;
      const rows: unknown[] = statement.all(JSON.stringify(values));
      return rows.map((row): LeanCheck => leanCheck(row as LeanValues));
    },

    async insert(table, columns, rows, onConflict = '') {
      const marks = `(${columns.map(() => '?').join(', ')})`;
      // A row that fails leaves those before it, as it would row by row: the command's end undoes them. Were they
      // undone here, SQLite would have to copy each page before it changes it.
      const text = `insert or fail into ${table} (${columns.join(', ')}) values`;
      const statementOf = (count: number) =>
        connection.prepare(`${text} ${Array<string>(count).fill(marks).join(', ')} ${onConflict}`).raw;
      const paged = rows.length - (rows.length % PAGE);
      if (paged > 0) {
        const statement = statementOf(PAGE);
        for (let from = 0; from < paged; from += PAGE) statement.run(...flat(rows, from, from + PAGE));
      }
      if (paged < rows.length) {
        const statement = statementOf(1);
        for (let i = paged; i < rows.length; i++) statement.run(...((rows[i] ?? []) as Value[]));
      }
    },

    async update(table, columns, key, rows) {
      const sets = columns.map((column) => `${column} = ?`).join(', ');
      const statement = connection.prepare(`update ${table} set ${sets} where ${key} = ?`).raw;
      for (const row of rows) statement.run(...(row as Value[]));
    },
  };
}

/** The values of rows from one position up to another, one row after the other. */
function flat(rows: readonly Values[], from: number, until: number): Value[] {
  const values: Value[] = [];
  for (let i = from; i < until; i++) for (const value of rows[i] ?? []) values.push(value);
  return values;
}
