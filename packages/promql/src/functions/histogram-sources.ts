import type { Histogram } from '@vigie/series';
import { FLOAT, HISTOGRAM, type Row } from '../evaluate/columns.ts';
import { forMetricName } from '../evaluate/histogram-texts.ts';
import { type RowIdentity, unnamed } from '../evaluate/names.ts';
import { quote } from '../syntax/quote.ts';
import { type BucketRow, ClassicBuckets, readBound } from './classic-buckets.ts';
import type { FunctionCall } from './function-entry.ts';

/** Whose histograms are looked at. */
export interface HistogramSeries {
  /** Of the result. */
  readonly identity: RowIdentity;
  /** The metric's name, empty when it has none. */
  readonly metric: string;
}

/** What a function of histograms makes of one histogram at one step. */
export interface HistogramVisitor {
  native(series: HistogramSeries, histogram: Histogram, step: number): void;
  /** @param buckets valid during the call, which may change them. */
  classic(series: HistogramSeries, buckets: ClassicBuckets, step: number): void;
}

/** The label with the bound of a bucket of a classic histogram. */
const BOUND_LABEL = 'le';

/**
 * Goes through the histograms of a vector: native ones, and classic ones, which are all series that have the same
 * labels but for `le`. Where both have the same labels and name there is no telling which is meant: that is said, and
 * neither is looked at.
 */
export function eachHistogram(call: FunctionCall, place: number, visitor: HistogramVisitor): void {
  const { count } = call.context.steps;
  for (const source of sourcesOf(call, place)) {
    const buckets = new ClassicBuckets(source.buckets);
    for (let step = 0; step < count; step++) {
      buckets.read(step);
      const natives = source.natives.filter(({ row }) => row.kinds[step] === HISTOGRAM);
      if (buckets.length > 0 && natives.length > 0) saySameLabels(source, call, place);
      else if (buckets.length > 0) visitor.classic(source, buckets, step);
      else for (const native of natives) visitNative(native, step, visitor);
    }
  }
}

interface NativeSeries extends HistogramSeries {
  readonly row: Row;
}

/** A classic histogram, and the native ones that have its labels. */
interface Source extends HistogramSeries {
  readonly buckets: BucketRow[];
  readonly natives: NativeSeries[];
}

function visitNative(native: NativeSeries, step: number, visitor: HistogramVisitor): void {
  const histogram = native.row.histograms?.[step];
  if (histogram !== undefined) visitor.native(native, histogram, step);
}

function sourcesOf(call: FunctionCall, place: number): Iterable<Source> {
  const sources = new Map<string, Source>();
  for (const row of call.vector(place)) {
    if (row.histograms !== null) {
      const { identity, metric, natives } = sourceOf(row, sources, call);
      const own = row.labels.get(BOUND_LABEL) === '' ? identity : identityOf(row, call);
      natives.push({ identity: own, metric, row });
    }
    if (!row.kinds.includes(FLOAT)) continue;
    const bound = readBound(row.labels.get(BOUND_LABEL));
    if (bound === undefined) sayNoBound(row, call, place);
    else sourceOf(row, sources, call).buckets.push({ bound, row });
  }
  return sources.values();
}

function sourceOf(row: Row, sources: Map<string, Source>, call: FunctionCall): Source {
  const labels = row.labels.without(BOUND_LABEL);
  const known = sources.get(labels.key);
  if (known !== undefined) return known;
  const identity = identityOf({ labels, dropName: row.dropName }, call);
  const source = { identity, metric: labels.name, buckets: [], natives: [] };
  sources.set(labels.key, source);
  return source;
}

function identityOf(of: RowIdentity, { context }: FunctionCall): RowIdentity {
  return unnamed(of, context.delayedNameRemoval);
}

function saySameLabels({ metric }: Source, call: FunctionCall, place: number): void {
  const text = `vector contains a mix of classic and native histograms${forMetricName(metric)}`;
  call.context.warn(text, call.expression(place).span);
}

function sayNoBound({ labels }: Row, call: FunctionCall, place: number): void {
  const value = quote(labels.get(BOUND_LABEL));
  const text = `bucket label "le" is missing or has a malformed value of ${value}${forMetricName(labels.name)}`;
  call.context.warn(text, call.expression(place).span);
}
