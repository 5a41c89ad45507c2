import { floatText, type Histogram, type Labels, type Span } from '@vigie/series';
import { ABSENT, HISTOGRAM, timeOf } from '../evaluate/columns.ts';
import type { Result, SampleRow } from '../query.ts';
import { quote } from '../syntax/quote.ts';
import { bucketsByIndex } from './histogram-notation.ts';

/** A query's result as conformance files see it: series of points. */
export type Outcome =
  | { readonly type: 'scalar'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'vector' | 'matrix'; readonly series: readonly OutcomeSeries[] };

export interface OutcomeSeries {
  readonly labels: Labels;
  /** Times rising. */
  readonly points: readonly Point[];
}

export interface Point {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Without meaning where there is a histogram. */
  readonly value: number;
  readonly histogram: Histogram | undefined;
}

export function outcomeOf(result: Result): Outcome {
  if (result.type === 'scalar') return { type: 'scalar', value: result.value };
  if (result.type === 'string') return { type: 'string', value: result.value };
  if (result.type === 'samples')
    return {
      type: 'matrix',
      series: result.series.map((row) => seriesOf(row, (at) => row.timestamps[at] ?? 0)),
    };
  const time = result.type === 'vector' ? () => result.time : (at: number) => timeOf(result.steps, at);
  return { type: result.type, series: result.rows.map((row) => seriesOf(row, time)) };
}

function seriesOf(row: Omit<SampleRow, 'timestamps'>, timeAt: (index: number) => number): OutcomeSeries {
  const points: Point[] = [];
  for (const [at, kind] of row.kinds.entries()) {
    if (kind === ABSENT) continue;
    const histogram = kind === HISTOGRAM ? row.histograms?.[at] : undefined;
    points.push({ time: timeAt(at), value: row.values[at] ?? Number.NaN, histogram });
  }
  return { labels: row.labels, points };
}

/** What an instant query at this time would have given, going by a range query; scalars come as a single series. */
export function outcomeAt(outcome: Outcome, time: number, type: Outcome['type']): Outcome {
  if (outcome.type !== 'matrix') return outcome;
  const series = outcome.series
    .map(({ labels, points }) => ({ labels, points: points.filter((point) => point.time === time) }))
    .filter(({ points }) => points.length > 0);
  const [only] = series;
  if (type === 'scalar') return { type: 'scalar', value: only?.points[0]?.value ?? Number.NaN };
  return { type: 'vector', series };
}

/** For people. */
export function outcomeText(outcome: Outcome): string {
  if (outcome.type === 'scalar') return `scalar ${floatText(outcome.value)}`;
  if (outcome.type === 'string') return `string ${JSON.stringify(outcome.value)}`;
  if (outcome.series.length === 0) return 'nothing';
  return outcome.series.map((each) => `${labelsText(each.labels)} ${pointsText(each.points)}`).join('\n');
}

function pointsText(points: readonly Point[]): string {
  return points
    .map(
      ({ time, value, histogram }) =>
        `${histogram === undefined ? floatText(value) : histogramText(histogram)}@${time}`,
    )
    .join(' ');
}

/** A histogram in the notation of conformance files. */
export function histogramText(histogram: Histogram): string {
  const { schema, count, sum, zeroThreshold, zeroCount, customValues, counterResetHint } = histogram;
  const entries = [`schema:${schema}`, `count:${floatText(count)}`, `sum:${floatText(sum)}`];
  if (zeroThreshold !== 0 || zeroCount !== 0)
    entries.push(`z_bucket:${floatText(zeroCount)}`, `z_bucket_w:${floatText(zeroThreshold)}`);
  if (customValues.length > 0) entries.push(`custom_values:[${customValues.map(floatText).join(' ')}]`);
  entries.push(...bucketsText('', histogram.positiveSpans, histogram.positiveBuckets));
  entries.push(...bucketsText('n_', histogram.negativeSpans, histogram.negativeBuckets));
  if (counterResetHint !== 'unknown') entries.push(`counter_reset_hint:${counterResetHint}`);
  return `{{${entries.join(' ')}}}`;
}

function bucketsText(side: string, spans: readonly Span[], buckets: readonly number[]): string[] {
  const counts = bucketsByIndex(spans, buckets);
  if (counts.size === 0) return [];
  const first = Math.min(...counts.keys());
  const length = Math.max(...counts.keys()) - first + 1;
  const texts = Array.from({ length }, (_, at) => floatText(counts.get(first + at) ?? 0));
  return [`${side}offset:${first}`, `${side}buckets:[${texts.join(' ')}]`];
}

/** A label set as Prometheus writes it. */
export function labelsText(labels: Labels): string {
  const others = [...labels.entries()].map(([name, value]) => `${name}=${quote(value)}`);
  return `{${others.join(', ')}}`;
}
