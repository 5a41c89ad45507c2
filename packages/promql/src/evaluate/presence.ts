import { ABSENT, FLOAT, type Row } from './columns.ts';

/** Where at least one of some rows has something: not 0 there. */
export function presence(rows: readonly Row[], count: number): Uint8Array {
  const [only] = rows;
  if (only !== undefined && rows.length === 1) return only.kinds;
  const present = new Uint8Array(count);
  for (const { kinds } of rows)
    for (let step = 0; step < count; step++) present[step] = (present[step] ?? 0) | (kinds[step] ?? 0);
  return present;
}

/** FLOAT where a column has nothing. */
export function absence(present: Uint8Array): Uint8Array {
  return present.map((kind) => (kind === ABSENT ? FLOAT : ABSENT));
}

/** A column of kinds, cut to where another column has something. */
export function within(kinds: Uint8Array, mask: Uint8Array): Uint8Array {
  return kinds.map((kind, step) => (mask[step] === ABSENT ? ABSENT : kind));
}

/** A column of kinds, cut to where another column has nothing. */
export function outside(kinds: Uint8Array, mask: Uint8Array): Uint8Array {
  return kinds.map((kind, step) => (mask[step] === ABSENT ? kind : ABSENT));
}
