import type { Random } from '../../../../apps/server/test/simulation/random.ts';
import { quantile } from './ranges.ts';
import { bare, rangeSelector, selector } from './selectors.ts';
import type { Source } from './source.ts';

const OF_FLOATS = [
  'abs',
  'ceil',
  'floor',
  'exp',
  'sqrt',
  'ln',
  'log2',
  'log10',
  'sgn',
  'round',
  'deg',
  'rad',
];
const OF_ANGLES = [
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atanh',
  'cos',
  'cosh',
  'sin',
  'sinh',
  'tan',
  'tanh',
];
const OF_DATES = [
  'day_of_month',
  'day_of_week',
  'day_of_year',
  'days_in_month',
  'hour',
  'minute',
  'month',
  'year',
];

type Call = (source: Source, depth: number) => string;

/** As often as they stand here. */
const CALLS: readonly Call[] = [
  (source, depth) => `${source.random.pick(OF_FLOATS)}(${source.vector(depth - 1)})`,
  (source, depth) => `${source.random.pick(OF_FLOATS)}(${source.vector(depth - 1)})`,
  (source, depth) => `${source.random.pick(OF_ANGLES)}(${source.vector(depth - 1)})`,
  (source, depth) => `${source.random.pick(OF_DATES)}(${dates(source, depth)})`,
  (source, depth) => `round(${source.vector(depth - 1)}, ${source.scalar(depth - 1)})`,
  (source, depth) =>
    `clamp(${source.vector(depth - 1)}, ${source.scalar(depth - 1)}, ${source.scalar(depth - 1)})`,
  (source, depth) =>
    `${source.random.pick(['clamp_min', 'clamp_max'])}(${source.vector(depth - 1)}, ${source.scalar(depth - 1)})`,
  (source, depth) => `vector(${source.scalar(depth - 1)})`,
  (source, depth) =>
    `timestamp(${source.random.chance(0.6) ? bare(source.random) : source.vector(depth - 1)})`,
  (source, depth) =>
    `absent(${source.random.chance(0.6) ? selector(source.random) : source.vector(depth - 1)})`,
  (source) => `absent_over_time(${rangeSelector(source.random)})`,
  (source, depth) => `${source.random.pick(['sort', 'sort_desc'])}(${source.vector(depth - 1)})`,
  (source, depth) => `histogram_quantile(${quantile(source, depth)}, ${buckets(source, depth)})`,
  (source, depth) => `histogram_quantile(${quantile(source, depth)}, ${buckets(source, depth)})`,
  (source, depth) =>
    `${source.random.pick(['histogram_count', 'histogram_sum'])}(${source.vector(depth - 1)})`,
  (source, depth) => `label_replace(${source.vector(depth - 1)}, ${replacement(source.random)})`,
  (source, depth) =>
    `label_join(${source.vector(depth - 1)}, ${source.random.pick(['"all"', '"job"', '"zone"'])}, "-", ${source.random.pick(['"job"', '"job", "instance"', '"missing", "zone"', '"code", "path", "le"'])})`,
  (source, depth) => `-(${source.vector(depth - 1)})`,
  (source, depth) => `(${source.vector(depth - 1)})`,
];

/** A function of an instant vector. */
export function call(source: Source, depth: number): string {
  return source.random.pick(CALLS)(source, depth);
}

function dates({ random, vector }: Source, depth: number): string {
  if (random.chance(0.2)) return '';
  return random.chance(0.5)
    ? `vector(time() * ${random.pick(['1', '0.9', '1.1', '-1'])})`
    : vector(depth - 1);
}

function buckets({ random, vector }: Source, depth: number): string {
  const name = ['request_duration_seconds_bucket'];
  const rate = (): string => `${random.pick(['rate', 'increase'])}(${rangeSelector(random, name)})`;
  switch (random.int(5)) {
    case 0:
      return vector(depth - 1);
    case 1:
      return selector(random, name);
    case 2:
      return rate();
    default:
      return `sum by (${random.pick(['le', 'le, job', 'le, instance', 'job'])}) (${rate()})`;
  }
}

function replacement(random: Random): string {
  const target = random.pick(['"new"', '"job"', '"zone"', '"instance"', '"__name__"']);
  const [by, from, expression] = random.pick([
    ['"$1"', '"instance"', '"node-(.*)"'],
    [`"\${2}x$1"`, '"job"', '"(.)(.*)"'],
    ['"<$digits>"', '"code"', '"(?P<digits>[45]).."'],
    ['""', '"job"', '".*"'],
    ['"fixed"', '"missing"', '""'],
    ['"$0"', '"zone"', '"no such"'],
    ['"$1-$3"', '"path"', '"/(.?).*"'],
  ] as const);
  return `${target}, ${by}, ${from}, ${expression}`;
}
