import { type Histogram, type Labels, METRIC_NAME } from '@vigie/series';
import { FLOAT, HISTOGRAM, type Row } from '../evaluate/columns.ts';
import { forMetricName } from '../evaluate/histogram-texts.ts';
import { type RowIdentity, unnamed } from '../evaluate/names.ts';
import { quote } from '../syntax/quote.ts';
import { type BucketRow, bucketsAt, type ClassicBucket, readBound } from './classic-buckets.ts';
import type { FunctionCall } from './function-entry.ts';

/** Which histogram is looked at, and when. */
export interface Visit {
  /** Of the result. */
  readonly identity: RowIdentity;
  /** The name of its metric, empty when it has none. */
  readonly metric: string;
  readonly step: number;
}

/** What a function of histograms makes of one histogram at one step. */
export interface HistogramVisitor {
  native(visit: Visit, histogram: Histogram): void;
  classic(visit: Visit, buckets: readonly ClassicBucket[]): void;
}

/** The bound of a bucket of a classic histogram. */
const BOUND_LABEL = 'le';

/**
 * Goes through the histograms of a vector: native ones, and classic ones, which are all series that have the same
 * labels but for `le`. Where both have the same labels and name there is no telling which is meant: that is said, and
 * neither is looked at.
 */
export function eachHistogram(call: FunctionCall, place: number, visitor: HistogramVisitor): void {
  const { steps } = call.context;
  for (const source of sourcesOf(call, place))
    for (let step = 0; step < steps.count; step++) visitAt(source, step, call, place, visitor);
}

interface Source {
  readonly metric: string;
  /** Of the classic histogram. */
  readonly identity: RowIdentity;
  readonly buckets: BucketRow[];
  readonly natives: { readonly identity: RowIdentity; readonly row: Row }[];
}

function visitAt(source: Source, step: number, call: FunctionCall, place: number, visitor: HistogramVisitor) {
  const { metric, identity } = source;
  const buckets = bucketsAt(source.buckets, step);
  const natives = source.natives.filter(({ row }) => row.kinds[step] === HISTOGRAM);
  if (buckets.length > 0 && natives.length > 0) {
    const text = `vector contains a mix of classic and native histograms${forMetricName(metric)}`;
    call.context.warn(text, call.expression(place).span);
    return;
  }
  for (const { identity: own, row } of natives) {
    const histogram = row.histograms?.[step];
    if (histogram !== undefined) visitor.native({ identity: own, metric, step }, histogram);
  }
  if (buckets.length > 0) visitor.classic({ identity, metric, step }, buckets);
}

function sourcesOf(call: FunctionCall, place: number): Iterable<Source> {
  const { delayedNameRemoval } = call.context;
  const sources = new Map<string, Source>();
  const sourceOf = (row: Row, labels: Labels): Source => {
    const known = sources.get(labels.key);
    if (known !== undefined) return known;
    const identity = unnamed({ labels, dropName: row.dropName }, delayedNameRemoval);
    const source = { metric: labels.get(METRIC_NAME), identity, buckets: [], natives: [] };
    sources.set(labels.key, source);
    return source;
  };
  for (const row of call.vector(place)) {
    const source = (): Source => sourceOf(row, row.labels.without(BOUND_LABEL));
    if (row.histograms !== null) source().natives.push({ identity: unnamed(row, delayedNameRemoval), row });
    if (!row.kinds.includes(FLOAT)) continue;
    const bound = readBound(row.labels.get(BOUND_LABEL));
    if (bound === undefined) sayNoBound(row, call, place);
    else source().buckets.push({ bound, row });
  }
  for (const { buckets } of sources.values())
    buckets.sort((a, b) => (a.bound < b.bound ? -1 : Number(a.bound > b.bound)));
  return sources.values();
}

function sayNoBound({ labels }: Row, call: FunctionCall, place: number): void {
  const value = quote(labels.get(BOUND_LABEL));
  const text = `bucket label "le" is missing or has a malformed value of ${value}${forMetricName(labels.name)}`;
  call.context.warn(text, call.expression(place).span);
}
