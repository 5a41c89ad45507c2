/** When the power is cut, the clock is set and the disk takes no more: drawn before it all begins. */
import type { Random } from './random.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What the process is doing when the power is cut: nothing, or a write of this kind is asked for, and then
 * some promises more or less are settled.
 */
const MOMENTS = [
  'nothing',
  'checks.ping',
  'checks.ping',
  'checks.expire',
  'checks.expire',
  'work.claim',
  'notify.settle',
  'notify.settle',
  'nodes.start',
] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Cut {
  kind: 'cut';
  at: number;
  moment: Moment;
  /** Settled promises from the moment to the cut. */
  promises: number;
  /** Milliseconds without power. */
  pause: number;
}

export interface Step {
  kind: 'step';
  at: number;
  delta: number;
}

export interface Full {
  kind: 'full';
  at: number;
  duration: number;
  /** As file systems become that have met an error; else no page can be added. */
  readOnly: boolean;
}

export type Trouble = Cut | Step | Full;

/** Settled promises at most until the cut: some more than a group of pings takes. */
const MOST_PROMISES = 400;

const MEAN_CUT = 14 * HOUR;
const MEAN_STEP = 40 * HOUR;
const MEAN_FULL = 30 * HOUR;
/** Milliseconds without power. */
const SHORTEST_PAUSE = SECOND;
const LONGEST_PAUSE = 15 * MINUTE;
/** Steps of the clock; a smaller one is slewing. */
const SMALLEST_STEP = 10 * SECOND;
const LARGEST_STEP = 3 * DAY;
const SHORTEST_FULL = 20 * SECOND;
const LONGEST_FULL = 30 * MINUTE;

interface Plan {
  /** Milliseconds from one to the next. */
  mean: number;
  draw(random: Random, at: number): Trouble;
}

const PLANS: readonly Plan[] = [
  {
    mean: MEAN_CUT,
    draw: (random, at) => ({
      kind: 'cut',
      at,
      moment: random.pick(MOMENTS),
      promises: random.logBetween(1, MOST_PROMISES),
      pause: random.logBetween(SHORTEST_PAUSE, LONGEST_PAUSE),
    }),
  },
  {
    mean: MEAN_STEP,
    draw: (random, at) => ({
      kind: 'step',
      at,
      delta: random.logBetween(SMALLEST_STEP, LARGEST_STEP) * (random.chance(0.5) ? 1 : -1),
    }),
  },
  {
    mean: MEAN_FULL,
    draw: (random, at) => ({
      kind: 'full',
      at,
      duration: random.logBetween(SHORTEST_FULL, LONGEST_FULL),
      readOnly: random.chance(0.5),
    }),
  },
];

/** The troubles of a time, in order. */
export function planTroubles(random: Random, until: number): Trouble[] {
  const troubles: Trouble[] = [];
  for (const { mean, draw } of PLANS) {
    for (let at = random.wait(mean); at < until; at += random.wait(mean)) troubles.push(draw(random, at));
  }
  return troubles.sort((one, other) => one.at - other.at);
}
