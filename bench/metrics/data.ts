import { seededRandom } from './random.ts';

/** A series of the bench: what it counts, its labels, and its values at regular times. */
export interface BenchSeries {
  readonly labels: Record<string, string>;
  readonly values: Float64Array;
}

/** Kinds of series as a team's exporters have them, and how many of a hundred are of each. */
const KINDS = [
  {
    share: 40,
    name: 'http_requests_total',
    next: (value: number, random: () => number) => value + Math.floor(random() * 100),
  },
  {
    share: 20,
    name: 'queue_length_ratio',
    next: (value: number, random: () => number) => round(value + random() * 2 - 1, 2),
  },
  {
    share: 15,
    name: 'process_cpu_seconds_total',
    next: (value: number, random: () => number) => round(value + random() * 15, 2),
  },
  { share: 15, name: 'up', next: (value: number) => value },
  {
    share: 10,
    name: 'process_resident_memory_bytes',
    next: (value: number, random: () => number) =>
      Math.max(4096, value + 4096 * Math.round(random() * 128 - 64)),
  },
] as const;

/**
 * Series with `points` values each, the same for the same arguments.
 * @param count how many series.
 */
export function* benchSeries(count: number, points: number, seed = 1): Generator<BenchSeries> {
  const random = seededRandom(seed);
  for (let index = 0; index < count; index++) {
    const kind = kindOf(index);
    const values = new Float64Array(points);
    let value = kind.name === 'up' ? 1 : Math.floor(random() * 1e6);
    for (let at = 0; at < points; at++) {
      values[at] = value;
      value = kind.next(value, random);
    }
    yield { labels: labelsOf(kind.name, index), values };
  }
}

function kindOf(index: number): (typeof KINDS)[number] {
  let rest = index % 100;
  for (const kind of KINDS) {
    if (rest < kind.share) return kind;
    rest -= kind.share;
  }
  return KINDS[0];
}

function labelsOf(name: string, index: number): Record<string, string> {
  return {
    __name__: name,
    job: `job-${index % 20}`,
    instance: `10.0.${Math.floor(index / 250) % 250}.${index % 250}:9100`,
    method: ['GET', 'POST', 'PUT', 'DELETE'][index % 4] ?? '',
    path: `/api/v1/resource/${Math.floor(index / 100)}`,
  };
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
