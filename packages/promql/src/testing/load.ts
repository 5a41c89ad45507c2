import { customBucketSeries } from './custom-buckets.ts';
import type { MemoryQuerier } from './memory-querier.ts';
import type { Load, LoadedSeries } from './script.ts';

/**
 * Puts what a `load` says into a store: the n-th value of a series at n steps after the epoch. Of two lines of one
 * `load` for the same series the last one counts.
 * @throws {RangeError} when a series has another sample at one of these times.
 */
export function load(store: MemoryQuerier, { series, step, customBuckets }: Load): void {
  const last = [...new Map(series.map((each) => [each.labels.key, each])).values()];
  for (const each of last) loadSeries(store, each, step);
  if (customBuckets) for (const each of customBucketSeries(last)) loadSeries(store, each, step);
}

function loadSeries(store: MemoryQuerier, { labels, items, starts }: LoadedSeries, step: number): void {
  for (const [place, item] of items.entries()) {
    const time = place * step;
    const start = starts[place] ?? null;
    if (item.kind !== 'gap') store.add(labels, time, item, start === null ? 0 : time + start);
  }
}
