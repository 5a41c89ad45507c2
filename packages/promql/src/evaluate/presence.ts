import { byteColumn } from './column-memory.ts';
import { ABSENT, FLOAT, HISTOGRAM, type Row } from './columns.ts';

/** Where at least one of some rows has something: not 0 there. */
export function presence(rows: readonly Row[], count: number): Uint8Array {
  const [only] = rows;
  if (only !== undefined && rows.length === 1) return only.kinds;
  const present = new Uint8Array(count);
  for (const { kinds } of rows)
    for (let step = 0; step < count; step++) present[step] = (present[step] ?? 0) | (kinds[step] ?? 0);
  return present;
}

/** The number of steps that have something. */
export function countPresent(kinds: Uint8Array): number {
  // Searching bytes is what processors do best, and most columns have no gap.
  if (kinds.indexOf(ABSENT) === -1) return kinds.length;
  let present = 0;
  for (let step = 0; step < kinds.length; step++) if (kinds[step] !== ABSENT) present++;
  return present;
}

/** Whether any step has something. */
export function isAnywhere(kinds: Uint8Array): boolean {
  return kinds.indexOf(FLOAT) !== -1 || kinds.indexOf(HISTOGRAM) !== -1;
}

/** FLOAT where a column has nothing. */
export function absence(present: Uint8Array): Uint8Array {
  const kinds = byteColumn(present.length);
  for (let step = 0; step < kinds.length; step++) if (present[step] === ABSENT) kinds[step] = FLOAT;
  return kinds;
}

/** A column of kinds, cut to where another column has something. */
export function within(kinds: Uint8Array, mask: Uint8Array): Uint8Array {
  const cut = byteColumn(kinds.length);
  for (let step = 0; step < cut.length; step++) if (mask[step] !== ABSENT) cut[step] = kinds[step] ?? ABSENT;
  return cut;
}

/** A column of kinds, cut to where another column has nothing. */
export function outside(kinds: Uint8Array, mask: Uint8Array): Uint8Array {
  const cut = byteColumn(kinds.length);
  for (let step = 0; step < cut.length; step++) if (mask[step] === ABSENT) cut[step] = kinds[step] ?? ABSENT;
  return cut;
}
