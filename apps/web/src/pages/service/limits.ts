/** Measurements and the thresholds that watch them. Pure. */
import type { Measurement, Threshold } from '@vigie/contract';

export type Level = 'critical' | 'warning';

/** A threshold of a measurement, and the limit that it is beyond; null = it is within both. */
export interface Limit {
  threshold: Threshold;
  passed: Level | null;
}

export interface LimitedMeasurement {
  measurement: Measurement;
  limits: Limit[];
}

const HOLDS: Record<Threshold['op'], (value: number, limit: number) => boolean> = {
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

function concerns({ metric, labels = {} }: Threshold, { name, labels: own }: Measurement): boolean {
  return name === metric && Object.entries(labels).every(([label, value]) => own[label] === value);
}

function passedBy(threshold: Threshold, value: number): Level | null {
  const isBeyond = (limit: number | undefined): boolean =>
    limit !== undefined && HOLDS[threshold.op](value, limit);
  if (isBeyond(threshold.critical)) return 'critical';
  return isBeyond(threshold.warning) ? 'warning' : null;
}

/** Measurements with their thresholds: those beyond a limit first, then those that have one, then by name. */
export function limited(
  measurements: readonly Measurement[],
  thresholds: readonly Threshold[],
): LimitedMeasurement[] {
  const all = measurements.map((measurement) => ({
    measurement,
    limits: thresholds
      .filter((threshold) => concerns(threshold, measurement))
      .map((threshold) => ({ threshold, passed: passedBy(threshold, measurement.value) })),
  }));
  const rank = ({ limits }: LimitedMeasurement): number => {
    if (limits.some(({ passed }) => passed === 'critical')) return 0;
    if (limits.some(({ passed }) => passed === 'warning')) return 1;
    return limits.length > 0 ? 2 : 3;
  };
  return all.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      a.measurement.name.localeCompare(b.measurement.name) ||
      seriesText(a.measurement).localeCompare(seriesText(b.measurement)),
  );
}

/** `pg_up{datname="app"}` */
export function seriesText({ name, labels }: Pick<Measurement, 'name' | 'labels'>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(', ')}}`;
}

/** Those whose name or labels hold all words of a text. */
export function matchingMeasurements<T extends { measurement: Measurement }>(
  all: readonly T[],
  text: string,
): T[] {
  const words = text.toLowerCase().split(/\s+/);
  return all.filter(({ measurement }) => {
    const series = seriesText(measurement).toLowerCase();
    return words.every((word) => series.includes(word));
  });
}

/** `> 0.8`: the limits of a threshold, each with its operator. */
export function limitText({ op }: Threshold, limit: number, shown: (value: number) => string): string {
  return `${op} ${shown(limit)}`;
}
