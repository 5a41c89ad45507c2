import { type ObservedCase, readFixture } from './fixture.ts';

type LabelValues = Readonly<Record<string, string>>;

/** What Prometheus made of templates, and what it knew. */
export interface ObservedPrometheus {
  /** Milliseconds. */
  readonly time: number;
  readonly externalUrl: string;
  readonly labels: LabelValues;
  readonly externalLabels: LabelValues;
  readonly value: number;
  /** Series by the expression that finds them; the first has the value 1. */
  readonly queries: Readonly<Record<string, readonly LabelValues[]>>;
  readonly cases: readonly (ObservedCase & { readonly value?: number })[];
}

export function observedPrometheus(): ObservedPrometheus {
  return JSON.parse(readFixture('prometheus.json'));
}
