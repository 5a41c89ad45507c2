import type { OPERATORS } from '@vigie/contract/vocabulary';
import type { Sample } from './kind.ts';

type Operator = (typeof OPERATORS)[number];

/** A limit of a measurement. Every sample of the name whose labels match is held against it. */
export interface Threshold {
  /** The measurement's name. */
  metric: string;
  /** Labels that a sample must have, with these values. */
  labels?: Record<string, string> | undefined;
  /** Passed when `value op limit` holds. */
  op: Operator;
  /** The limit beyond which the service is degraded: an alert of severity warning. */
  warning?: number | undefined;
  /** The limit beyond which the run has failed, with the reason `threshold`. */
  critical?: number | undefined;
  /** Runs in a row that must be beyond the limit before it counts; 1 unless told. */
  for?: number | undefined;
}

/** A threshold that was passed, by the sample farthest beyond it. */
export interface Passed {
  threshold: Threshold;
  level: 'warning' | 'critical';
  limit: number;
  sample: Sample;
}

const HOLDS: Record<Operator, (value: number, limit: number) => boolean> = {
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

/** What the samples of one run pass, each threshold at its gravest level. A metric that is absent passes nothing. */
export function passedBy(thresholds: readonly Threshold[], samples: readonly Sample[]): Passed[] {
  return thresholds.flatMap((threshold) => {
    const concerned = samples.filter((sample) => concerns(threshold, sample));
    return passedAt(threshold, 'critical', concerned) ?? passedAt(threshold, 'warning', concerned) ?? [];
  });
}

function concerns({ metric, labels = {} }: Threshold, sample: Sample): boolean {
  return (
    sample.name === metric && Object.entries(labels).every(([name, value]) => sample.labels[name] === value)
  );
}

function passedAt(threshold: Threshold, level: Passed['level'], samples: readonly Sample[]): Passed | null {
  const limit = threshold[level];
  if (limit === undefined) return null;
  let worst: Sample | null = null;
  for (const sample of samples) {
    if (!HOLDS[threshold.op](sample.value, limit)) continue;
    if (worst === null || Math.abs(sample.value - limit) > Math.abs(worst.value - limit)) worst = sample;
  }
  return worst === null ? null : { threshold, level, limit, sample: worst };
}

/** The warning that goes with a critical limit which does not count yet; null = its warning limit is not passed. */
export function warningOf(passed: Passed): Passed | null {
  const { threshold, level, sample } = passed;
  return level === 'warning' ? passed : passedAt(threshold, 'warning', [sample]);
}

/** `pg_connections_ratio{datname="app"} is 0.93, warning > 0.8` */
export function passedText({ threshold, level, limit, sample }: Passed): string {
  const labels = Object.entries(sample.labels).map(([name, value]) => `${name}="${value}"`);
  const series = labels.length === 0 ? sample.name : `${sample.name}{${labels.join(',')}}`;
  const runs = threshold.for ?? 1;
  return `${series} is ${sample.value}, ${level} ${threshold.op} ${limit}${runs > 1 ? ` for ${runs} runs` : ''}`;
}
