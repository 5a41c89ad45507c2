/**
 * When the power is cut, the clock is set and the disk takes no more; when a node is killed, hangs and hears nothing of
 * the other: drawn before it all begins.
 */
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

/** A node hangs. */
export interface Stall {
  kind: 'stall';
  at: number;
  /** Milliseconds from its next claim, at whose messages it is then; null = at once, whatever it is at. */
  afterClaim: number | null;
  duration: number;
}

/** What a node hears of the others is lost. */
export interface Gap {
  kind: 'gap';
  at: number;
  duration: number;
}

export type MachineTrouble = Cut | Step | Full;
/** To nodes a cut is the end of one process: what they share goes on. */
export type NodeTrouble = Cut | Stall | Gap;
export type Trouble = MachineTrouble | NodeTrouble;

export function noTroubles(): Record<Trouble['kind'], number> {
  return { cut: 0, step: 0, full: 0, stall: 0, gap: 0 };
}

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

/** Of nodes. */
const MEAN_KILL = 5 * HOUR;
const MEAN_STALL = 7 * HOUR;
const MEAN_GAP = 6 * HOUR;
/** From less than what others notice to more than the lease of what it was at. */
const SHORTEST_STALL = 3 * SECOND;
const LONGEST_STALL = 5 * MINUTE;
/** Share of those that come while messages are sent, and milliseconds that sending one takes. */
const CLAIM_STALLS = 0.7;
const LONGEST_SEND = 200;
const SHORTEST_GAP = 100;
const LONGEST_GAP = 2 * MINUTE;

interface Plan<T> {
  /** Milliseconds from one to the next. */
  mean: number;
  draw(random: Random, at: number): T;
}

function drawCut(random: Random, at: number): Cut {
  return {
    kind: 'cut',
    at,
    moment: random.pick(MOMENTS),
    promises: random.logBetween(1, MOST_PROMISES),
    pause: random.logBetween(SHORTEST_PAUSE, LONGEST_PAUSE),
  };
}

const MACHINE_PLANS: readonly Plan<MachineTrouble>[] = [
  { mean: MEAN_CUT, draw: drawCut },
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

const NODE_PLANS: readonly Plan<NodeTrouble>[] = [
  { mean: MEAN_KILL, draw: drawCut },
  {
    mean: MEAN_STALL,
    draw: (random, at) => ({
      kind: 'stall',
      at,
      afterClaim: random.chance(CLAIM_STALLS) ? random.int(LONGEST_SEND) : null,
      duration: random.logBetween(SHORTEST_STALL, LONGEST_STALL),
    }),
  },
  {
    mean: MEAN_GAP,
    draw: (random, at) => ({ kind: 'gap', at, duration: random.logBetween(SHORTEST_GAP, LONGEST_GAP) }),
  },
];

/** The troubles of a machine until then, in order. */
export function troublesOfMachine(random: Random, until: number): MachineTrouble[] {
  return plan(MACHINE_PLANS, random, until);
}

/** The troubles of nodes until then, in order. */
export function troublesOfNodes(random: Random, until: number): NodeTrouble[] {
  return plan(NODE_PLANS, random, until);
}

function plan<T extends Trouble>(plans: readonly Plan<T>[], random: Random, until: number): T[] {
  const troubles: T[] = [];
  for (const { mean, draw } of plans) {
    for (let at = random.wait(mean); at < until; at += random.wait(mean)) troubles.push(draw(random, at));
  }
  return troubles.sort((one, other) => one.at - other.at);
}
