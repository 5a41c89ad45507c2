import type { Random } from '../../../../apps/server/test/simulation/random.ts';
import { EPOCH, SPAN } from '../data.ts';

export const COUNTERS = [
  'requests_total',
  'cpu_seconds_total',
  'request_duration_seconds_bucket',
  'request_duration_seconds_sum',
  'request_duration_seconds_count',
] as const;
/** Whole numbers, whatever the scrape. */
export const WHOLE = [
  'requests_total',
  'queue_length',
  'balance',
  'up',
  'build_info',
  'request_duration_seconds_bucket',
] as const;
/** No two series of a job have the same value, nor do those of different jobs. */
export const DISTINCT = ['temperature', 'pressure', 'request_duration_seconds_sum'] as const;
export const METRICS = [...new Set([...COUNTERS, ...WHOLE, ...DISTINCT, 'odd_value'])];

/** What every series has. */
const OF_TARGETS = [
  'job="api"',
  'job!="api"',
  'job=~"api|db"',
  'job!~"a.*"',
  'job=~"(?i:API|W.+)"',
  'job="wörker ☃"',
  'instance=~".*-1"',
  'instance!~"node-[12]"',
  'instance!~"N.*-.+"',
  'instance=~"node-.+",instance!="node-2"',
  'missing=""',
  'missing!~"x.*"',
  'missing=~".*"',
] as const;
/** What some metrics have; others have the empty value. */
const OF_SOME: readonly (readonly [metric: RegExp, matchers: readonly string[]])[] = [
  [
    /^requests_total$/,
    ['code=~"[45].."', 'code!="200"', 'path="/ä.b"', 'path=~"/..b"', 'path!~"/.+",code="404"'],
  ],
  [/_bucket$/, ['le="0.5"', String.raw`le=~"0.5|\\+Inf|1"`, 'le!="+Inf"']],
  [
    /^(temperature|pressure|queue_length|balance|odd_value)/,
    ['zone="東京"', String.raw`zone=~"Z.rich|.*\\\\.*"`, String.raw`zone='a "b" \\ c'`, 'zone!="Zürich"'],
  ],
];
/** What no series of most metrics has. */
const OF_NONE = ['job=~"a"', 'code=""', 'zone!=""', 'missing="x"', 'le=~".+"', 'path!~""'] as const;

const OFFSETS = ['10s', '1m', '2m30s', '5m', '20m', '-10s', '-1m', '-5m', '1h'] as const;
export const RANGES = ['30s', '1m', '90s', '2m', '5m', '5m', '10m', '1000s', '1h'] as const;

/** A random selector of an instant, of one of these metrics. */
export function selector(random: Random, names: readonly string[] = METRICS): string {
  return bare(random, names) + shift(random);
}

export function rangeSelector(random: Random, names: readonly string[] = METRICS): string {
  return `${bare(random, names)}[${random.pick(RANGES)}]${shift(random)}`;
}

/** A selector without offset or `@`. */
export function bare(random: Random, names: readonly string[] = METRICS): string {
  const name = random.pick(names);
  const matchers = Array.from({ length: random.pick([0, 0, 0, 1, 1, 2]) }, () => matcher(random, name));
  if (random.chance(0.02)) return `{__name__=~"${name}|${random.pick(names)}",${matchers.join(',')}}`;
  if (random.chance(0.1)) return `{${[...matchers, `__name__="${name}"`].join(',')}}`;
  return matchers.length === 0 ? name : `${name}{${matchers.join(',')}}`;
}

function matcher(random: Random, name: string): string {
  if (random.chance(0.05)) return random.pick(OF_NONE);
  const own = OF_SOME.find(([metric]) => metric.test(name))?.[1] ?? OF_TARGETS;
  return random.pick(random.chance(0.4) ? own : OF_TARGETS);
}

/** Offset and `@`, mostly neither. Moved by whole tens of seconds, so that no step meets a range's left edge. */
export function shift(random: Random): string {
  const parts: string[] = [];
  if (random.chance(0.15)) parts.push(`offset ${random.pick(OFFSETS)}`);
  if (random.chance(0.1))
    parts.push(`@ ${random.pick(['start()', 'end()', String(instant(random) / 1000)])}`);
  if (random.chance(0.5)) parts.reverse();
  return parts.map((part) => ` ${part}`).join('');
}

/** A time that queries ask about, epoch milliseconds: seven seconds behind a whole ten, which no step is. */
export function instant(random: Random): number {
  return EPOCH + random.between(0, SPAN / 10_000 + 20) * 10_000 + 7000;
}
