import { floatText } from '@vigie/series';
import { nearlyEqual, nearlyEqualHistograms } from './equality.ts';
import {
  histogramText,
  labelsText,
  type Outcome,
  type OutcomeSeries,
  outcomeText,
  type Point,
} from './outcome.ts';
import type { Evaluation, ExpectedSeries } from './script.ts';
import type { SequenceItem } from './sequence.ts';

/** What is wrong with a result, for people; undefined when it is as expected. */
export type Complaint = string | undefined;

/** Compares what a query gave with what its evaluation expects of it. */
export function compareOutcome({ expected, at }: Evaluation, outcome: Outcome): Complaint {
  if (expected.string !== null) {
    const same = outcome.type === 'string' && outcome.value === expected.string;
    return same ? undefined : `wanted string ${JSON.stringify(expected.string)}, got ${outcomeText(outcome)}`;
  }
  if (expected.scalar !== null) {
    const same = outcome.type === 'scalar' && nearlyEqual(outcome.value, expected.scalar);
    return same ? undefined : `wanted scalar ${floatText(expected.scalar)}, got ${outcomeText(outcome)}`;
  }
  if (outcome.type === 'scalar' || outcome.type === 'string')
    return `wanted ${expected.series.length} series, got ${outcomeText(outcome)}`;
  const grid = expected.matrix ?? (at.kind === 'range' ? at : undefined);
  const type = grid === undefined ? 'vector' : 'matrix';
  if (outcome.type !== type) return `wanted a ${type}, got a ${outcome.type}:\n${outcomeText(outcome)}`;
  const times = grid === undefined ? undefined : (index: number) => grid.start + index * grid.step;
  return (
    compareSeries(expected.series, outcome.series, times) ??
    (expected.ordered ? compareOrder(expected.series, outcome.series) : undefined) ??
    (type === 'matrix' ? requireSorted(outcome.series) : undefined)
  );
}

function compareSeries(
  expected: readonly ExpectedSeries[],
  got: readonly OutcomeSeries[],
  timeAt: ((index: number) => number) | undefined,
): Complaint {
  const left = new Map(got.map((series) => [series.labels.key, series]));
  if (left.size !== got.length) return `the result has a label set twice:\n${textOf(got)}`;
  for (const { labels, items } of expected) {
    const series = left.get(labels.key);
    if (series === undefined) return `wanted ${labelsText(labels)}, which is missing from:\n${textOf(got)}`;
    left.delete(labels.key);
    const complaint = comparePoints(items, series.points, timeAt);
    if (complaint !== undefined) return `${labelsText(labels)}: ${complaint}`;
  }
  return left.size === 0 ? undefined : `got what nothing was said of:\n${textOf([...left.values()])}`;
}

function textOf(series: readonly OutcomeSeries[]): string {
  return outcomeText({ type: 'vector', series });
}

function comparePoints(
  items: readonly SequenceItem[],
  points: readonly Point[],
  timeAt: ((index: number) => number) | undefined,
): Complaint {
  const wanted = [...items.entries()].filter(([, item]) => item.kind !== 'gap');
  if (wanted.length !== points.length)
    return `wanted ${wanted.length} points, got ${points.length}: ${pointTexts(points)}`;
  for (const [at, [place, item]] of wanted.entries()) {
    const point = points[at];
    if (point === undefined) continue;
    const time = timeAt?.(place) ?? point.time;
    if (time !== point.time) return `wanted a point at ${time} ms, got one at ${point.time} ms`;
    if (!equalsItem(item, point))
      return `wanted ${itemText(item)}, got ${pointText(point)} at ${point.time} ms`;
  }
  return undefined;
}

function equalsItem(item: SequenceItem, { value, histogram }: Point): boolean {
  if (item.kind === 'float') return histogram === undefined && nearlyEqual(value, item.value);
  return (
    item.kind === 'histogram' &&
    histogram !== undefined &&
    nearlyEqualHistograms(item.histogram, histogram, item.hinted)
  );
}

function itemText(item: SequenceItem): string {
  if (item.kind === 'float') return floatText(item.value);
  return item.kind === 'histogram' ? histogramText(item.histogram) : item.kind;
}

function pointTexts(points: readonly Point[]): string {
  return points.map(pointText).join(' ');
}

function pointText({ value, histogram }: Point): string {
  return histogram === undefined ? floatText(value) : histogramText(histogram);
}

function compareOrder(expected: readonly ExpectedSeries[], got: readonly OutcomeSeries[]): Complaint {
  const wrong = expected.findIndex(({ labels }, at) => got[at]?.labels.key !== labels.key);
  const labels = expected[wrong]?.labels;
  return labels === undefined
    ? undefined
    : `wanted ${labelsText(labels)} at place ${wrong + 1} of:\n${textOf(got)}`;
}

function requireSorted(series: readonly OutcomeSeries[]): Complaint {
  const wrong = series.findIndex(({ labels }, at) => (series[at + 1]?.labels.compare(labels) ?? 1) < 0);
  return wrong === -1 ? undefined : `series are not sorted by labels:\n${textOf(series)}`;
}
