import { CUSTOM_BUCKETS_SCHEMA, type Histogram, type Labels, METRIC_NAME } from '@vigie/series';
import { readNumber } from './number-text.ts';
import type { LoadedSeries } from './script.ts';
import type { SequenceItem } from './sequence.ts';

/** What the series of one classic histogram say at one time. */
interface ClassicHistogram {
  readonly cumulative: Map<number, number>;
  count: number | undefined;
  sum: number;
}

interface Family {
  readonly labels: Labels;
  readonly byPlace: Map<number, ClassicHistogram>;
}

const CLASSIC_NAME = /^(.+)_(bucket|count|sum)$/;

/**
 * Makes a series of native histograms, whose bounds are the `le` values, of each classic histogram among the
 * series. It has the classic one's labels but `le`, and its name without `_bucket`.
 */
export function customBucketSeries(series: readonly LoadedSeries[]): LoadedSeries[] {
  const families = new Map<string, Family>();
  for (const { labels, items } of series) collect(families, labels, items);
  return [...families.values()].map(({ labels, byPlace }) => ({
    labels,
    items: itemsOf(byPlace),
    starts: [],
  }));
}

function collect(families: Map<string, Family>, labels: Labels, items: readonly SequenceItem[]): void {
  const [, base, part] = CLASSIC_NAME.exec(labels.name) ?? [];
  const bound = readNumber(labels.get('le')) ?? Number.NaN;
  if (base === undefined || (part === 'bucket' && Number.isNaN(bound))) return;
  const own = labels.without('le').with(METRIC_NAME, base);
  const family = families.get(own.key) ?? { labels: own, byPlace: new Map() };
  families.set(own.key, family);
  for (const [place, item] of items.entries()) {
    if (item.kind !== 'float') continue;
    const histogram = family.byPlace.get(place) ?? { cumulative: new Map(), count: undefined, sum: 0 };
    family.byPlace.set(place, histogram);
    if (part === 'bucket') histogram.cumulative.set(bound, item.value);
    else if (part === 'count') histogram.count = item.value;
    else histogram.sum = item.value;
  }
}

function itemsOf(byPlace: ReadonlyMap<number, ClassicHistogram>): SequenceItem[] {
  const length = Math.max(...byPlace.keys()) + 1;
  return Array.from({ length }, (_, place): SequenceItem => {
    const classic = byPlace.get(place);
    const histogram = classic && nativeOf(classic);
    return histogram === undefined ? { kind: 'gap' } : { kind: 'histogram', histogram, hinted: false };
  });
}

/** Undefined when counts fall from a bucket to the next: no native histogram says such a thing. */
function nativeOf({ cumulative, count, sum }: ClassicHistogram): Histogram | undefined {
  const rising = [...cumulative].sort(([a], [b]) => a - b);
  const total = count ?? rising.at(-1)?.[1] ?? 0;
  if (rising.at(-1)?.[0] !== Number.POSITIVE_INFINITY) rising.push([Number.POSITIVE_INFINITY, total]);
  const buckets = rising.map(([, each], at) => each - (rising[at - 1]?.[1] ?? 0));
  if (buckets.some((each) => each < 0)) return undefined;
  return {
    schema: CUSTOM_BUCKETS_SCHEMA,
    count: total,
    sum,
    zeroThreshold: 0,
    zeroCount: 0,
    positiveSpans: [{ offset: 0, length: buckets.length }],
    positiveBuckets: buckets,
    negativeSpans: [],
    negativeBuckets: [],
    customValues: rising.slice(0, -1).map(([bound]) => bound),
    counterResetHint: 'unknown',
  };
}
