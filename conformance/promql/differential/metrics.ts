import type { Random } from '../../../apps/server/test/simulation/random.ts';

/** One series of a target. */
export interface RandomMetric {
  readonly labels: Readonly<Record<string, string>>;
  /** Its next value. @param afterGap whether scrapes are missing before it. */
  next(afterGap: boolean): number;
}

const ZONES = { 'node-1': 'Zürich', 'node-2': '東京', 'node-3': 'a "b" \\ c' } as const;
const CODES = ['200', '404', '500'] as const;
const PATHS = ['/', '/ä.b'] as const;
export const BOUNDS = ['0.1', '0.5', '1', '2.5', '10', '+Inf'] as const;
/** How often a counter begins again, by scrape. */
const RESTART = 0.02;

export function metricsOf(random: Random, target: { job: string; instance: string }): RandomMetric[] {
  const zone = Object.entries(ZONES).find(([instance]) => instance === target.instance)?.[1] ?? '';
  return [
    ...PATHS.flatMap((path) => CODES.map((code) => counter(random, 'requests_total', { path, code }, whole))),
    counter(random, 'cpu_seconds_total', {}, () => random.next() * 30),
    gauge('temperature', { zone }, walk(random, random.next() * 50, 3)),
    gauge('pressure', { zone }, walk(random, 1000 * random.next(), 40)),
    gauge('queue_length', { zone }, () => random.between(0, 6)),
    gauge('balance', { zone }, () => random.between(-50, 50) * 1000),
    gauge('odd_value', { zone }, odd(random, target.instance)),
    gauge('build_info', { version: `v${random.between(1, 3)}.${random.int(10)}` }, () => 1),
    ...histogram(random),
  ];

  function whole(): number {
    return random.chance(0.2) ? 0 : random.int(200);
  }
}

/**
 * What a counter that stood at `value` stands at where scrapes are missing before it: never at little more than
 * nothing, because 2.x and 3.x differ on how far a rate is continued backwards from there.
 */
function behindGap(value: number): number {
  return value + (value < 1_000_000 ? 1_000_000 : 1000);
}

function counter(
  random: Random,
  name: string,
  labels: Record<string, string>,
  increase: () => number,
): RandomMetric {
  let value: number | null = null;
  const next = (afterGap: boolean): number => {
    if (value === null) value = random.chance(0.3) ? 0 : 1_000_000;
    else if (afterGap) value = behindGap(value);
    else value = increase() + (random.chance(RESTART) ? 0 : value);
    return value;
  };
  return { labels: { __name__: name, ...labels }, next };
}

function gauge(name: string, labels: Record<string, string>, next: () => number): RandomMetric {
  return { labels: { __name__: name, ...labels }, next };
}

function walk(random: Random, from: number, width: number): () => number {
  let value = from;
  return () => {
    value += (random.next() - 0.5) * width;
    return value;
  };
}

/** No float but one comes from two instances of a job, so that their order never hangs on chance. */
function odd(random: Random, instance: string): () => number {
  const strange = { 'node-1': Number.NaN, 'node-2': Infinity, 'node-3': -Infinity }[instance] ?? 0;
  return () => (random.chance(0.3) ? strange : (random.next() - 0.5) * 10 ** random.between(-3, 6));
}

/** The series of a classic histogram: buckets that hold what those before them hold. */
function histogram(random: Random): RandomMetric[] {
  const name = 'request_duration_seconds';
  let counts = BOUNDS.map(() => 1_000_000);
  let sum = 1_000_000;
  let isFirst = true;
  const observe = (afterGap: boolean): void => {
    if (afterGap) [counts, sum] = [counts.map(behindGap), behindGap(sum)];
    else if (!isFirst && random.chance(RESTART)) [counts, sum] = [counts.map(() => 0), 0];
    isFirst = false;
    for (const at of counts.keys()) {
      const more = random.int(20);
      counts = counts.map((count, above) => count + (above >= at ? more : 0));
      sum += more * 2 ** (at - 3) * (1 + random.next());
    }
  };
  const bucket = (le: string, at: number): RandomMetric => ({
    labels: { __name__: `${name}_bucket`, le },
    next: (afterGap) => {
      if (at === 0) observe(afterGap);
      return counts[at] ?? 0;
    },
  });
  return [
    ...BOUNDS.map(bucket),
    gauge(`${name}_sum`, {}, () => sum),
    gauge(`${name}_count`, {}, () => counts.at(-1) ?? 0),
  ];
}
