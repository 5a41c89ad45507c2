import type { Random } from '../../../../apps/server/test/simulation/random.ts';
import { METRICS, selector } from './selectors.ts';
import type { Source } from './source.ts';

const ARITHMETIC = ['+', '-', '*', '/', '%', '^', '+', '-', '*', '/'] as const;
const COMPARISONS = ['==', '!=', '>', '<', '>=', '<='] as const;
const SETS = ['and', 'or', 'unless'] as const;
/** Metrics with the labels job, instance and zone. */
const ZONED = ['temperature', 'pressure', 'queue_length', 'balance', 'odd_value'] as const;

function operator(random: Random): string {
  if (random.chance(0.6)) return random.pick(ARITHMETIC);
  return random.pick(COMPARISONS) + (random.chance(0.4) ? ' bool' : '');
}

/** A vector and a scalar, on either side. */
export function mixed({ random, vector, scalar }: Source, depth: number): string {
  const sides = [vector(depth - 1), scalar(depth - 1)];
  if (random.chance(0.4)) sides.reverse();
  const [left, right] = sides;
  return `(${left}) ${operator(random)} (${right})`;
}

/** Of vectors without names, since 2.x forgets to take them away. */
export function atan2({ random, vector, scalar }: Source, depth: number): string {
  const nameless = (): string => `(-(${vector(depth - 1)}))`;
  return random.chance(0.5)
    ? `${nameless()} atan2 ${nameless()}`
    : random.chance(0.5)
      ? `${nameless()} atan2 (${scalar(depth - 1)})`
      : `(${scalar(depth - 1)}) atan2 ${nameless()}`;
}

export function sets({ random, vector }: Source, depth: number): string {
  const by = random.pick([
    '',
    '',
    'on (job)',
    'on (job, instance)',
    'ignoring (zone)',
    'on ()',
    'ignoring (code)',
  ]);
  return `(${vector(depth - 1)}) ${random.pick(SETS)} ${by} (${vector(depth - 1)})`;
}

type Pair = (source: Source, depth: number) => string;

/** Two vectors; those of which the elements find each other are most. */
const PAIRS: readonly Pair[] = [
  ({ random }) => `${selector(random, ZONED)} ${operator(random)} ${selector(random, ZONED)}`,
  ({ random }) => {
    const name = [random.pick(METRICS)];
    return `${selector(random, name)} ${operator(random)} ${selector(random, name)}`;
  },
  (source, depth) => `${summed(source, depth)} ${operator(source.random)} ${summed(source, depth)}`,
  (source, depth) =>
    `(${source.vector(depth - 1)}) ${operator(source.random)} on (job, instance) group_left (${source.random.pick(['', 'version', 'version, zone', 'missing'])}) build_info`,
  (source, depth) =>
    `build_info ${operator(source.random)} on (job, instance) group_right (${source.random.pick(['', 'version', 'code'])}) (${source.vector(depth - 1)})`,
  ({ random }) => {
    const whole = selector(random, ['requests_total']);
    const part = `sum without (code) (${selector(random, ['requests_total'])})`;
    return `${whole} ${operator(random)} ignoring (code) group_left () ${part}`;
  },
  ({ random, vector }, depth) => {
    const by = random.pick([
      '',
      'on (job)',
      'ignoring (zone)',
      'on (job, instance)',
      'ignoring (code, path)',
    ]);
    return `(${vector(depth - 1)}) ${operator(random)} ${by} (${vector(depth - 1)})`;
  },
];

export function pair(source: Source, depth: number): string {
  return source.random.pick(PAIRS)(source, depth);
}

function summed({ random, vector }: Source, depth: number): string {
  return `${random.pick(['sum', 'max', 'count', 'avg'])} by (job) (${vector(depth - 1)})`;
}

/** A number, or a function or an operator that comes to one. */
export function scalar({ random, vector, scalar: inner }: Source, depth: number): string {
  if (depth <= 0 || random.chance(0.6)) return number(random);
  switch (random.int(5)) {
    case 0:
      return `scalar(${random.chance(0.5) ? `sum(${vector(depth - 1)})` : vector(depth - 1)})`;
    case 1:
      return `(${inner(depth - 1)} ${random.pick(COMPARISONS)} bool ${inner(depth - 1)})`;
    case 2:
      return `-(${inner(depth - 1)})`;
    default:
      return `(${inner(depth - 1)} ${random.pick(ARITHMETIC)} ${inner(depth - 1)})`;
  }
}

function number(random: Random): string {
  const some = [
    '0',
    '1',
    '2',
    '-1',
    '0.5',
    '10',
    '1e3',
    '-2.5',
    '0x1F',
    'Inf',
    '-Inf',
    'NaN',
    'pi()',
    'time()',
  ];
  return random.chance(0.7) ? random.pick(some) : String(random.between(-1000, 1000) / 8);
}
