import type { Span } from './histogram.ts';

/** The buckets of one side: indexes rising, each once, and their counts. */
export interface Cells {
  readonly indexes: readonly number[];
  readonly counts: readonly number[];
  /** The spans that these indexes are from, which histograms with the same buckets share. */
  readonly spans?: readonly Span[];
}

/** A side as a histogram has it. */
export interface Side {
  readonly spans: readonly Span[];
  readonly buckets: readonly number[];
}

export function cellsOf({ spans, buckets }: Side): Cells {
  return { indexes: indexesOf(spans), counts: buckets, spans };
}

/** Indexes by spans, which never change: a histogram is looked at by many windows, and its neighbours share them. */
const known = new WeakMap<readonly Span[], readonly number[]>();

/** The index of each bucket of some spans. */
export function indexesOf(spans: readonly Span[]): readonly number[] {
  const before = known.get(spans);
  if (before !== undefined) return before;
  const indexes: number[] = [];
  let index = 0;
  for (const { offset, length } of spans) {
    index += offset;
    for (const end = index + length; index < end; index++) indexes.push(index);
  }
  known.set(spans, indexes);
  return indexes;
}

/** A side without empty buckets. */
export function sideOf({ indexes, counts, spans: known }: Cells): Side {
  if (known !== undefined && !counts.includes(0)) return { spans: known, buckets: counts };
  const spans: { offset: number; length: number }[] = [];
  const buckets: number[] = [];
  let next = 0;
  for (let at = 0; at < indexes.length; at++) {
    const index = indexes[at] ?? 0;
    const count = counts[at] ?? 0;
    if (count === 0) continue;
    const last = spans.at(-1);
    if (last !== undefined && index === next) last.length++;
    else spans.push({ offset: index - next, length: 1 });
    next = index + 1;
    buckets.push(count);
  }
  return { spans, buckets };
}

/** Whether two sides have the same buckets. */
export function sameIndexes(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** The cells with other indexes, which do not fall where the old ones rise: those that have become one are added up. */
export function moved(cells: Cells, place: (index: number) => number): Cells {
  const indexes: number[] = [];
  const counts: number[] = [];
  for (const [at, old] of cells.indexes.entries()) {
    const index = place(old);
    const count = cells.counts[at] ?? 0;
    const last = counts.length - 1;
    if (indexes[last] === index) counts[last] = (counts[last] ?? 0) + count;
    else {
      indexes.push(index);
      counts.push(count);
    }
  }
  return { indexes, counts };
}

/** The sum of two sides; with sign -1 their difference. */
export function combined(a: Cells, b: Cells, sign: 1 | -1): Cells {
  if (sameIndexes(a.indexes, b.indexes))
    return { ...a, counts: a.counts.map((count, at) => count + sign * (b.counts[at] ?? 0)) };
  const indexes: number[] = [];
  const counts: number[] = [];
  let left = 0;
  let right = 0;
  while (left < a.indexes.length || right < b.indexes.length) {
    const leftIndex = a.indexes[left] ?? Infinity;
    const rightIndex = b.indexes[right] ?? Infinity;
    const index = Math.min(leftIndex, rightIndex);
    const ofLeft = leftIndex === index ? (a.counts[left++] ?? 0) : 0;
    const ofRight = rightIndex === index ? (b.counts[right++] ?? 0) : 0;
    indexes.push(index);
    counts.push(ofLeft + sign * ofRight);
  }
  return { indexes, counts };
}

/** Whether a bucket of the second side has more than that of the first one. */
export function hasFallen(after: Cells, before: Cells): boolean {
  let at = 0;
  for (const [place, index] of before.indexes.entries()) {
    while (at < after.indexes.length && (after.indexes[at] ?? 0) < index) at++;
    const now = after.indexes[at] === index ? (after.counts[at] ?? 0) : 0;
    if (now < (before.counts[place] ?? 0)) return true;
  }
  return false;
}
