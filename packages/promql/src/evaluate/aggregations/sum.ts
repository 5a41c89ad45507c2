import { type Histogram, HistogramTotal } from '@vigie/series';
import { ABSENT, FLOAT, HISTOGRAM, type Row, setFloat, setHistogram } from '../columns.ts';
import type { Group } from '../grouping.ts';
import { boundsReconciled, mixedSchemas, ResetHints, resetCollision } from '../histogram-texts.ts';
import { type AggregationInput, type Aggregator, groupRow } from './aggregator.ts';
import { KahanSums } from './kahan.ts';

/** `sum`: of floats or of histograms; a mix of them gives nothing. */
export const sum: Aggregator = (input) =>
  input.groups.map((group) => {
    const result = groupRow(group, input.count);
    const totals = new GroupTotals(group, input);
    for (let step = 0; step < input.count; step++) {
      const kind = totals.kindAt(step);
      if (kind === FLOAT) setFloat(result, step, totals.sums.at(step));
      const histogram = kind === HISTOGRAM ? totals.histograms?.[step] : undefined;
      if (histogram) setHistogram(result, step, histogram.histogram);
    }
    return result;
  });

/** `avg`: of floats or of histograms; a mix of them gives nothing. */
export const average: Aggregator = (input) =>
  input.groups.map((group) => {
    const result = groupRow(group, input.count);
    const totals = new GroupTotals(group, input);
    for (let step = 0; step < input.count; step++) {
      const kind = totals.kindAt(step);
      const elements = totals.elements[step] ?? 0;
      if (kind === FLOAT) setFloat(result, step, meanAt(group, totals.sums, step, elements));
      const histogram = kind === HISTOGRAM ? totals.histograms?.[step] : undefined;
      if (histogram) setHistogram(result, step, histogram.dividedBy(elements));
    }
    return result;
  });

/** The mean of a group at a step; where the sum overflows, that of values that are small enough to be added. */
function meanAt(group: Group, sums: KahanSums, step: number, elements: number): number {
  const mean = sums.dividedAt(step, elements);
  if (Number.isFinite(mean)) return mean;
  const scale = 2 ** Math.ceil(Math.log2(elements));
  const scaled = new KahanSums(1);
  for (const { kinds, values } of group.rows)
    if (kinds[step] === FLOAT) scaled.add(0, (values[step] ?? 0) / scale);
  return scaled.dividedAt(0, elements) * scale;
}

/** What the elements of a group come to at each step. */
class GroupTotals {
  readonly sums: KahanSums;
  /** How many they are. */
  readonly elements: Float64Array;
  /** By step; null where they do not go together. */
  histograms: (HistogramTotal | null | undefined)[] | null = null;
  readonly #hints: ResetHints[] = [];
  readonly #floats: Uint8Array;
  readonly #input: AggregationInput;

  constructor(group: Group, input: AggregationInput) {
    this.#input = input;
    this.sums = new KahanSums(input.count);
    this.elements = new Float64Array(input.count);
    this.#floats = new Uint8Array(input.count);
    for (const row of group.rows) this.#add(row);
  }

  /** What the elements of a step are, ABSENT with none and with floats and histograms mixed, which is said. */
  kindAt(step: number): number {
    const hasHistogram = this.histograms?.[step] !== undefined;
    if (this.#floats[step] === ABSENT) return hasHistogram ? HISTOGRAM : ABSENT;
    if (!hasHistogram) return FLOAT;
    this.#warn('encountered a mix of histograms and floats for aggregation');
    return ABSENT;
  }

  #add({ labels, kinds, values, histograms }: Row): void {
    for (let step = 0; step < kinds.length; step++) {
      const kind = kinds[step];
      if (kind === ABSENT) continue;
      this.elements[step] = (this.elements[step] ?? 0) + 1;
      if (kind === FLOAT) {
        this.sums.add(step, values[step] ?? 0);
        this.#floats[step] = FLOAT;
        continue;
      }
      const histogram = histograms?.[step];
      if (histogram !== undefined) this.#addHistogram(step, histogram, labels.name);
    }
  }

  #addHistogram(step: number, histogram: Histogram, metric: string): void {
    this.histograms ??= new Array(this.elements.length).fill(undefined);
    const before = this.histograms[step];
    if (before === undefined) this.histograms[step] = new HistogramTotal(histogram);
    else if (before !== null) this.#addTo(before, step, histogram, metric);
    this.#hints[step] ??= new ResetHints();
    this.#hints[step].see(histogram);
    if (this.#hints[step].contradict) this.#warn(resetCollision('aggregation'));
  }

  #addTo(total: HistogramTotal, step: number, histogram: Histogram, metric: string): void {
    const addition = total.add(histogram);
    const { context, node } = this.#input;
    if (addition === 'bounds reconciled') context.info(boundsReconciled('aggregation'), node.expression.span);
    if (addition !== 'incompatible') return;
    this.#warn(mixedSchemas(metric));
    if (this.histograms !== null) this.histograms[step] = null;
  }

  #warn(text: string): void {
    this.#input.context.warn(text, this.#input.node.expression.span);
  }
}
