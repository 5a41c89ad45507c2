import { COUNTERS, rangeSelector, shift } from './selectors.ts';
import type { Source } from './source.ts';

/** Three seconds more than whole tens: with the steps below, 2.x and 3.x see the same points of a subquery. */
const SUBQUERY_RANGES = ['33s', '63s', '3m3s', '5m3s', '10m3s', '1003s'] as const;
const SUBQUERY_STEPS = ['', '10s', '20s', '30s', '1m', '2m30s'] as const;

/** A selector's range or a subquery. */
export function range(source: Source, depth: number): string {
  const { random } = source;
  if (depth <= 0 || random.chance(0.6)) return rangeSelector(random);
  return subquery(source, source.vector(depth - 1));
}

function subquery({ random }: Source, inner: string): string {
  const times = `[${random.pick(SUBQUERY_RANGES)}:${random.pick(SUBQUERY_STEPS)}]`;
  return `(${inner})${times}${shift(random)}`;
}

const OF_COUNTERS = ['rate', 'increase', 'irate', 'resets', 'rate', 'increase'] as const;
const OF_ANY = [
  'delta',
  'idelta',
  'deriv',
  'changes',
  'resets',
  'irate',
  'rate',
  'increase',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'sum_over_time',
  'count_over_time',
  'stddev_over_time',
  'stdvar_over_time',
  'last_over_time',
  'present_over_time',
  'absent_over_time',
] as const;

/** A function of a range. */
export function rangeCall(source: Source, depth: number): string {
  const { random } = source;
  switch (random.int(8)) {
    case 0:
      return `quantile_over_time(${quantile(source, depth)}, ${source.range(depth - 1)})`;
    case 1:
      return `predict_linear(${source.range(depth - 1)}, ${source.scalar(depth - 1)})`;
    case 2:
      return `double_exponential_smoothing(${source.range(depth - 1)}, 0.${random.between(1, 9)}, 0.${random.between(1, 9)})`;
    case 3:
    case 4:
      return `${random.pick(OF_COUNTERS)}(${rangeSelector(random, COUNTERS)})`;
    default:
      return `${random.pick(OF_ANY)}(${source.range(depth - 1)})`;
  }
}

/** Mostly between 0 and 1. */
export function quantile({ random, scalar }: Source, depth: number): string {
  if (random.chance(0.1)) return scalar(depth - 1);
  return random.pick(['0', '1', '0.5', '0.9', '0.25', '0.99', '-0.5', '1.5', 'NaN', String(random.next())]);
}
