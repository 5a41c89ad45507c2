import type { Labels } from '@vigie/series';
import { ABSENT, type Row } from './columns.ts';
import { ExecutionError } from './execution-error.ts';
import { labelsText } from './labels-text.ts';

/**
 * Refuses two elements of one key on the side that may have one, at steps at which the other side has anything.
 * @param asked where the other side has anything, null for everywhere.
 */
export function requireUniqueOne(
  rows: readonly Row[],
  asked: Uint8Array | null,
  key: Labels,
  side: 'left' | 'right',
): void {
  const pair = overlap(rows, asked);
  if (pair === undefined) return;
  const [first, second] = pair.map(({ labels }) => labels).sort((a, b) => a.compare(b));
  const found = [first, second].map((labels) => (labels === undefined ? '' : labelsText(labels))).join(', ');
  throw new ExecutionError(
    `found duplicate series for the match group ${labelsText(key)} on the ${side} hand-side of the operation: ` +
      `[${found}];many-to-many matching not allowed: matching labels must be unique on one side`,
  );
}

/**
 * Refuses two elements that have the same partner.
 * @param matched where there is a partner, null for everywhere.
 */
export function requireOneToOne(rows: readonly Row[], matched: Uint8Array | null): void {
  if (overlap(rows, matched) !== undefined)
    throw new ExecutionError(
      'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
    );
}

/**
 * Refuses two elements that have the same partner and would have the same labels as results.
 * @param matched where there is a partner, null for everywhere.
 */
export function requireUniqueResults(
  rows: readonly Row[],
  matched: Uint8Array | null,
  labelsOf: (row: Row) => Labels,
): void {
  for (const same of Map.groupBy(rows, (row) => labelsOf(row).key).values())
    if (overlap(same, matched) !== undefined)
      throw new ExecutionError('multiple matches for labels: grouping labels must ensure unique matches');
}

/** Two rows that have something at one step, within a mask. */
function overlap(rows: readonly Row[], mask: Uint8Array | null): [Row, Row] | undefined {
  if (rows.length < 2) return undefined;
  const owners = new Array<Row | undefined>(rows[0]?.kinds.length ?? 0).fill(undefined);
  for (const row of rows) {
    for (let step = 0; step < owners.length; step++) {
      if (row.kinds[step] === ABSENT || mask?.[step] === ABSENT) continue;
      const owner = owners[step];
      if (owner !== undefined) return [owner, row];
      owners[step] = row;
    }
  }
  return undefined;
}
