import type { RangeSeries, Row } from '../evaluate/columns.ts';
import { setFloat } from '../evaluate/columns.ts';

/** A sum and what its additions have lost, as Kahan and Neumaier keep it. */
export interface CompensatedSum {
  sum: number;
  lost: number;
}

/** Adds a float to a sum. Source: Neumaier's variant of Kahan's algorithm. */
export function addTo(total: CompensatedSum, value: number): void {
  const sum = total.sum + value;
  if (!Number.isFinite(sum) && !Number.isNaN(sum)) total.lost = 0;
  else if (Math.abs(total.sum) >= Math.abs(value)) total.lost += total.sum - sum + value;
  else total.lost += value - sum + total.sum;
  total.sum = sum;
}

function corrected({ sum, lost }: CompensatedSum): number {
  return Number.isFinite(sum) ? sum + lost : sum;
}

/** How many times as many additions as samples are taken before windows share their sums. */
const WORTH_SHARING = 4;

/** The sums of all windows. */
export function sumWindows(series: RangeSeries, row: Row): void {
  if (additions(series) > WORTH_SHARING * series.samples.count) sumShared(series, row, (sum) => sum);
  else eachSum(series, row, sumOf);
}

/** The means of all windows. */
export function averageWindows(series: RangeSeries, row: Row): void {
  if (additions(series) > WORTH_SHARING * series.samples.count)
    sumShared(series, row, (sum, from, to) =>
      Number.isFinite(sum) ? sum / (to - from) : averageOf(series.samples.values, from, to),
    );
  else eachSum(series, row, averageOf);
}

function additions({ from, to }: RangeSeries): number {
  let total = 0;
  for (let step = 0; step < from.length; step++) total += (to[step] ?? 0) - (from[step] ?? 0);
  return total;
}

function eachSum(
  { samples, from, to }: RangeSeries,
  row: Row,
  compute: (values: Float64Array, from: number, to: number) => number,
): void {
  for (let step = 0; step < from.length; step++) {
    const first = from[step] ?? 0;
    const end = to[step] ?? 0;
    if (first < end) setFloat(row, step, compute(samples.values, first, end));
  }
}

function sumOf(values: Float64Array, from: number, to: number): number {
  const total = { sum: 0, lost: 0 };
  for (let at = from; at < to; at++) addTo(total, values[at] ?? 0);
  return corrected(total);
}

/** The mean as a sum divided by its length; where the sum is too great for a float, by steps from mean to mean. */
function averageOf(values: Float64Array, from: number, to: number): number {
  const total = { sum: values[from] ?? 0, lost: 0 };
  for (let at = from + 1; at < to; at++) {
    const before = total.sum;
    const lost = total.lost;
    addTo(total, values[at] ?? 0);
    if (total.sum === Number.POSITIVE_INFINITY || total.sum === Number.NEGATIVE_INFINITY)
      return averageOnward(values, from, at, to, { sum: before, lost });
  }
  const count = to - from;
  return total.sum / count + total.lost / count;
}

function averageOnward(
  values: Float64Array,
  from: number,
  next: number,
  to: number,
  { sum, lost }: CompensatedSum,
): number {
  const mean = { sum: sum / (next - from), lost: lost / (next - from) };
  for (let at = next; at < to; at++) {
    const count = at - from + 1;
    const share = (count - 1) / count;
    mean.sum *= share;
    mean.lost *= share;
    addTo(mean, (values[at] ?? 0) / count);
  }
  return mean.sum + mean.lost;
}

/**
 * Each window is the end of a block and the beginning of the next one: the sums of a block's ends are made once,
 * when a window has left the block before, and the other part grows with each sample. No sample is ever taken away
 * again, so nothing is lost by cancelling.
 */
function sumShared(
  { samples, from, to }: RangeSeries,
  row: Row,
  finish: (sum: number, from: number, to: number) => number,
): void {
  const { values, count } = samples;
  const endSums = new Float64Array(count + 1);
  const endLost = new Float64Array(count + 1);
  let middle = 0;
  let next = 0;
  let grown: CompensatedSum = { sum: 0, lost: 0 };
  for (let step = 0; step < from.length; step++) {
    const first = from[step] ?? 0;
    const end = to[step] ?? 0;
    if (first >= end) continue;
    if (first >= middle) {
      sumEnds(values, first, end, endSums, endLost);
      middle = end;
      next = end;
      grown = { sum: 0, lost: 0 };
    }
    for (; next < end; next++) addTo(grown, values[next] ?? 0);
    const total = { sum: endSums[first] ?? 0, lost: (endLost[first] ?? 0) + grown.lost };
    addTo(total, grown.sum);
    const sum = corrected(total);
    setFloat(row, step, finish(sum, first, end));
  }
}

/** The sum from each sample of a block to its end. */
function sumEnds(
  values: Float64Array,
  from: number,
  end: number,
  sums: Float64Array,
  lost: Float64Array,
): void {
  const total = { sum: 0, lost: 0 };
  for (let at = end - 1; at >= from; at--) {
    addTo(total, values[at] ?? 0);
    sums[at] = total.sum;
    lost[at] = total.lost;
  }
}
