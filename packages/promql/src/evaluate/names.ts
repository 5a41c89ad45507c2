import { type Labels, METRIC_NAME } from '@vigie/series';
import { ABSENT, HISTOGRAM, type Row, setHistogram } from './columns.ts';
import { ExecutionError } from './execution-error.ts';

/** What an operation that makes another metric takes away. Source: Prometheus' proposal 39. */
const METADATA = new Set([METRIC_NAME, '__type__', '__unit__']);

/** Whether a label says what a metric is, as opposed to whose it is. */
export function isMetadata(name: string): boolean {
  return METADATA.has(name);
}

const isOrdinary = (name: string): boolean => !METADATA.has(name);

/** Labels without the metric's name, type and unit. */
export function withoutName(labels: Labels): Labels {
  return labels.filter(isOrdinary);
}

/** What an operation that makes another metric gives its rows. */
export interface RowIdentity {
  readonly labels: Labels;
  readonly dropName: boolean;
}

/** The identity of a row whose name goes: at once, or marked to go at the end of the query. */
export function unnamed(row: RowIdentity, delayed: boolean): RowIdentity {
  return delayed
    ? { labels: row.labels, dropName: true }
    : { labels: withoutName(row.labels), dropName: false };
}

/** What delayed name removal has put off, at the end of a query. */
export function removeMarkedNames(rows: readonly Row[]): readonly Row[] {
  if (!rows.some(({ dropName }) => dropName)) return rows;
  return mergeSameLabels(rows.map((row) => (row.dropName ? { ...row, ...unnamed(row, false) } : row)));
}

/**
 * Joins rows of one label set, at the first one's place.
 * @throws {ExecutionError} when two of them have something at one step.
 */
export function mergeSameLabels(rows: readonly Row[]): readonly Row[] {
  if (rows.length < 2) return rows;
  const places = new Map<string, number>();
  const merged: Row[] = [];
  let own: Set<number> | undefined;
  for (const row of rows) {
    const { key } = row.labels;
    const place = places.get(key);
    const first = place === undefined ? undefined : merged[place];
    if (place === undefined || first === undefined) {
      places.set(key, merged.length);
      merged.push(row);
      continue;
    }
    own ??= new Set();
    if (!own.has(place)) merged[place] = copy(first);
    own.add(place);
    merged[place] = join(merged[place] ?? first, row);
  }
  return merged.length === rows.length ? rows : merged;
}

function copy(row: Row): Row {
  return {
    ...row,
    values: row.values.slice(),
    kinds: row.kinds.slice(),
    histograms: row.histograms?.slice() ?? null,
  };
}

function join(into: Row, row: Row): Row {
  for (let step = 0; step < row.kinds.length; step++) {
    const kind = row.kinds[step] ?? ABSENT;
    if (kind === ABSENT) continue;
    if (into.kinds[step] !== ABSENT)
      throw new ExecutionError('vector cannot contain metrics with the same labelset');
    into.kinds[step] = kind;
    into.values[step] = row.values[step] ?? 0;
    const histogram = kind === HISTOGRAM ? row.histograms?.[step] : undefined;
    if (histogram !== undefined) setHistogram(into, step, histogram);
  }
  return row.dropName && !into.dropName ? { ...into, dropName: true } : into;
}
