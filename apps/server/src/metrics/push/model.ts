/** What is pushed: groups of families of metrics, as the store has them. */
import type { MetricType } from '@vigie/exposition';

/** The types that a push can give a family. */
export const PUSHED_TYPES = [
  'unknown',
  'counter',
  'gauge',
  'histogram',
  'summary',
] as const satisfies readonly MetricType[];
export type PushedType = (typeof PUSHED_TYPES)[number];

/** A number as JSON can hold it: `NaN`, `+Inf` and `-Inf` are texts. */
type Figure = number | string;

/** A series with one value: its labels by name, value, name, value, ... in the order of their names, and its value. */
export type PlainMetric = readonly [labels: readonly string[], value: Figure];
/** A histogram or a summary: labels, sum, count, and its buckets or quantiles by their bound. */
export type Distribution = readonly [
  labels: readonly string[],
  sum: Figure,
  count: Figure,
  parts: readonly (readonly [bound: Figure, value: Figure])[],
];
export type PushedMetric = PlainMetric | Distribution;

/** A family of a push. */
export interface PushedFamily {
  name: string;
  type: PushedType;
  /** Null = none was given. */
  help: string | null;
  metrics: readonly PushedMetric[];
}

/** The labels that name a group: name, value pairs in the order of their names. */
export type GroupLabels = readonly (readonly [name: string, value: string])[];

export function isDistribution(metric: PushedMetric): metric is Distribution {
  return metric.length === 4;
}

/** A number on its way into JSON. */
export function figureOf(value: number): Figure {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

export function numberOf(figure: Figure): number {
  if (typeof figure === 'number') return figure;
  if (figure === 'NaN') return Number.NaN;
  return figure === '+Inf' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** Series that a metric is when it is scraped. */
export function seriesIn(metric: PushedMetric): number {
  return isDistribution(metric) ? metric[3].length + 2 : 1;
}

/** A type as it is stored; what is none is unknown. */
export function typeFrom(text: string): PushedType {
  return PUSHED_TYPES.find((type) => type === text) ?? 'unknown';
}

/** Metrics as they are stored; they were written by this server. */
export function metricsFrom(text: string): PushedMetric[] {
  return JSON.parse(text) as PushedMetric[];
}

/** Labels of a group as they are stored. */
export function groupLabelsFrom(text: string): GroupLabels {
  return JSON.parse(text) as [string, string][];
}

/** The labels of a group as its own series carry them: Prometheus would else add its own `instance`. */
export function seriesLabels(group: GroupLabels): GroupLabels {
  if (group.some(([name]) => name === 'instance')) return group;
  return [...group, ['instance', ''] as const].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What names a group, for people: `{job="a",host="b"}`. */
export function groupText(group: GroupLabels): string {
  return `{${group.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}}`;
}
