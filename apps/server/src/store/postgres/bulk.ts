import { CompiledQuery, type Kysely } from 'kysely';
import { LEAN_SELECT, type LeanCheck } from '../lean-check.ts';
import type { Database } from '../schema.ts';
import type { Bulk, Values } from '../tx.ts';

/** Columns that are neither text (the default) nor blobs. */
const BIGINTS = new Set([
  'id',
  'check_id',
  'project_id',
  'channel_id',
  'user_id',
  'n',
  'n_pings',
  'created_at',
  'exitstatus',
  'last_ping',
  'last_start',
  'last_duration',
  'has_confirmation_link',
  'alert_after',
  'excused_until',
  'skew',
  'hour',
  'successes',
  'failures',
  'starts',
  'logs',
  'ignored',
  'runs',
  'duration_sum',
  'duration_max',
  'down_ms',
  'down_since',
  'attempts',
  'delivery_id',
  'duration',
  'finished_at',
  'due_at',
  'lease_until',
  'fence',
  'pending',
  'start_at',
  'outcomes',
  'breaches',
  'at',
  'alert_id',
  'starts_at',
  'ends_at',
  'timed_out',
  'raised_at',
  'resolved_at',
  'updated_at',
  'notified_at',
  'acked_at',
  'incident_id',
  'drill',
  'budget_from',
  'budget_used',
  'failing',
  'made',
  'group_id',
  'series',
  'pushed_at',
]);

function arrayType(table: string, column: string): string {
  // The ids of flips are made by the nodes themselves: UUIDs.
  if (table === 'flips' && column === 'id') return 'text[]';
  if (BIGINTS.has(column)) return 'bigint[]';
  return column === 'body' ? 'bytea[]' : 'text[]';
}

/** Rows as one array for each column, the form that `unnest` takes. */
function transpose(rows: readonly Values[], width: number): unknown[][] {
  const columns: unknown[][] = [];
  for (let column = 0; column < width; column++) columns.push(rows.map((row) => row[column]));
  return columns;
}

function unnest(table: string, columns: readonly string[]): string {
  return `unnest(${columns.map((column, i) => `$${i + 1}::${arrayType(table, column)}`).join(', ')})`;
}

/** {@link Bulk} on PostgreSQL: one statement for all rows, as arrays. */
export function postgresBulk(db: Kysely<Database>): Bulk {
  return {
    async checksBy(key, values) {
      if (values.length === 0) return [];
      const column = key === 'id' ? 'c.id' : 'c.code';
      const type = key === 'id' ? 'bigint[]' : 'text[]';
      // Locked in order of id, so that two nodes cannot wait for each other.
      const text = `select ${LEAN_SELECT} from checks c join check_states s on s.check_id = c.id
        where ${column} = any($1::${type}) order by c.id for update of s`;
      const result = await db.executeQuery<LeanCheck>(CompiledQuery.raw(text, [values]));
      return result.rows;
    },

    async insert(table, columns, rows, onConflict = '') {
      if (rows.length === 0) return;
      const text = `insert into ${table} (${columns.join(', ')}) select * from ${unnest(table, columns)} ${onConflict}`;
      await db.executeQuery(CompiledQuery.raw(text, transpose(rows, columns.length)));
    },

    async update(table, columns, key, rows) {
      if (rows.length === 0) return;
      const all = [...columns, key];
      const sets = columns.map((column) => `${column} = v.${column}`).join(', ');
      const text = `update ${table} t set ${sets} from ${unnest(table, all)} as v(${all.join(', ')})
        where t.${key} = v.${key}`;
      await db.executeQuery(CompiledQuery.raw(text, transpose(rows, all.length)));
    },
  };
}
