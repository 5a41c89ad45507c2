import { Random } from '../../../../apps/server/test/simulation/random.ts';
import { aggregation } from './aggregations.ts';
import { call } from './calls.ts';
import { fault } from './faults.ts';
import { atan2, mixed, pair, scalar, sets } from './operators.ts';
import { range, rangeCall } from './ranges.ts';
import { instant, selector } from './selectors.ts';
import type { Source } from './source.ts';

/** How deep expressions nest at most. */
const DEPTH = 4;
/** Seconds. */
const STEPS = [10, 30, 60, 70, 300];
const MOST_STEPS = 40;

/** An expression, and when it is asked for. Times are epoch milliseconds. */
export interface RandomQuery {
  readonly text: string;
  readonly time: number;
  readonly start: number;
  readonly end: number;
  /** Milliseconds. */
  readonly step: number;
}

/** The query of this number, which hangs on nothing but seed and number. */
export function randomQuery(seed: number, number: number): RandomQuery {
  const random = new Random(seed * 1_000_003 + number);
  const start = instant(random);
  const step = random.pick(STEPS) * 1000;
  const end = start + random.between(0, MOST_STEPS) * step;
  return { text: expression(random), time: instant(random), start, end, step };
}

function expression(random: Random): string {
  const source = new Grammar(random);
  if (random.chance(0.02)) return fault(source);
  if (random.chance(0.02)) return source.range(DEPTH - 2);
  if (random.chance(0.02)) return source.scalar(DEPTH);
  if (random.chance(0.002)) return random.pick(['"text"', "'\\u00e4 ☃'", '`raw \\n`']);
  return source.vector(random.between(1, DEPTH));
}

/** Every family of expressions, each made of the others. */
class Grammar implements Source {
  readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  readonly vector = (depth: number): string => {
    const { random } = this;
    if (depth <= 0) return selector(random);
    const families = [rangeCall, rangeCall, call, call, aggregation, aggregation, mixed, sets, pair, pair];
    if (random.chance(0.02)) return atan2(this, depth);
    return random.chance(0.05) ? selector(random) : random.pick(families)(this, depth);
  };

  readonly scalar = (depth: number): string => scalar(this, depth);

  readonly range = (depth: number): string => range(this, depth);
}
