import { LEAN_SELECT, type LeanCheck, type LeanValues, leanCheck } from '../lean-check.ts';
import type { Bulk, Value } from '../tx.ts';
import type { SqliteConnection } from './connection.ts';

/** {@link Bulk} on SQLite: a prepared statement run row by row is its fastest form (2 to 4 us a row). */
export function sqliteBulk(connection: SqliteConnection): Bulk {
  return {
    async checksBy(key, values) {
      const column = key === 'id' ? 'c.id' : 'c.code';
      const statement = connection.prepare(
        `select ${LEAN_SELECT} from checks c join check_states s on s.check_id = c.id where ${column} = ?`,
      ).raw;
      statement.setReturnArrays(true);
      const rows: LeanCheck[] = [];
      for (const value of values) {
        const row: unknown = statement.get(value);
        if (row !== undefined) rows.push(leanCheck(row as LeanValues));
      }
      return rows;
    },

    async insert(table, columns, rows, onConflict = '') {
      const marks = columns.map(() => '?').join(', ');
      const text = `insert into ${table} (${columns.join(', ')}) values (${marks}) ${onConflict}`;
      const statement = connection.prepare(text).raw;
      for (const row of rows) statement.run(...(row as Value[]));
    },

    async update(table, columns, key, rows) {
      const sets = columns.map((column) => `${column} = ?`).join(', ');
      const statement = connection.prepare(`update ${table} set ${sets} where ${key} = ?`).raw;
      for (const row of rows) statement.run(...(row as Value[]));
    },
  };
}
