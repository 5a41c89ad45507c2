import { STATE_COLUMNS, stateValues } from '../store/lean-check.ts';
import type { RollupRow } from '../store/schema.ts';
import type { Tx, Values } from '../store/tx.ts';
import type { Announced, Check, Flip } from './model.ts';
import type { Changes } from './transition.ts';

/** Tells whoever must know of this; wired to alerts. Part of the same transaction. */
export type Announce = (tx: Tx, announced: Announced[]) => Promise<void>;

const FLIP_COLUMNS = [
  'id',
  'check_id',
  'created_at',
  'old_status',
  'new_status',
  'reason',
] as const satisfies (keyof Flip)[];

/** Writes states and everything that changed with them, and tells main what it must know. */
export async function saveStates(
  tx: Tx,
  checks: Check[],
  changes: Changes,
  announce: Announce,
): Promise<void> {
  const rows = checks.map((check): Values => [...stateValues(check), check.check_id]);
  await tx.bulk.update('check_states', STATE_COLUMNS, 'check_id', rows);
  await tx.bulk.insert(
    'flips',
    FLIP_COLUMNS,
    changes.flips.map((flip) => FLIP_COLUMNS.map((column) => flip[column])),
  );
  await addRollups(tx, changes.rollups);
  if (changes.announced.length > 0) await announce(tx, changes.announced);
  emitChanged(tx, checks);
}

/** Codes in one effect: far below the 8000 bytes that PostgreSQL lets one notification carry. */
const CODES_PER_EFFECT = 100;

function emitChanged(tx: Tx, checks: Check[]): void {
  const byProject = new Map<number, string[]>();
  for (const { project_id: project, code } of checks) {
    let ids = byProject.get(project);
    if (ids === undefined || ids.length === CODES_PER_EFFECT) {
      ids = [];
      byProject.set(project, ids);
      tx.emit({ type: 'changed', noun: 'check', project, ids });
    }
    ids.push(code);
  }
}

/** Says that the earliest of these deadlines may be nearer than what the timer waits for. */
export function emitDeadline(tx: Tx, checks: Check[]): void {
  let earliest = Number.POSITIVE_INFINITY;
  for (const check of checks) earliest = Math.min(earliest, check.alert_after ?? Number.POSITIVE_INFINITY);
  if (earliest !== Number.POSITIVE_INFINITY) tx.emit({ type: 'deadline', at: earliest });
}

const ROLLUP_KEY = ['check_id', 'period', 'start_at'] as const;
const ROLLUP_SUMS = [
  'successes',
  'failures',
  'starts',
  'logs',
  'ignored',
  'runs',
  'duration_sum',
  'down_ms',
] as const;
const ADD_ROLLUP = `on conflict (${ROLLUP_KEY.join(', ')}) do update set
  ${ROLLUP_SUMS.map((column) => `${column} = rollups.${column} + excluded.${column}`).join(', ')},
  duration_max = case when rollups.duration_max > excluded.duration_max
    then rollups.duration_max else excluded.duration_max end`;

/** Adds closed hours to the sums; the day's row is the sum of its hours. */
async function addRollups(tx: Tx, rows: RollupRow[]): Promise<void> {
  const merged = new Map<string, RollupRow>();
  for (const row of rows) {
    const key = ROLLUP_KEY.map((column) => row[column]).join(' ');
    const sum = merged.get(key);
    if (sum === undefined) merged.set(key, { ...row });
    else addRow(sum, row);
  }
  const columns = [...ROLLUP_KEY, ...ROLLUP_SUMS, 'duration_max'] as const;
  const values = [...merged.values()].map((row) => columns.map((column) => row[column]));
  await tx.bulk.insert('rollups', columns, values, ADD_ROLLUP);
}

function addRow(sum: RollupRow, row: RollupRow): void {
  for (const column of ROLLUP_SUMS) sum[column] += row[column];
  sum.duration_max = Math.max(sum.duration_max, row.duration_max);
}
