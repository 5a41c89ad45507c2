/** Where servers run, as jobs, people and judges see it: one machine, or several nodes. */
import type { ServerLife } from './server-life.ts';
import type { StoreView } from './store-view.ts';
import type { Trouble } from './troubles.ts';

export interface Site {
  /** What is stored; null while nobody takes pings. */
  readonly view: StoreView | null;
  /** Acknowledged writes that may have decided something about an alert, so far. */
  readonly decisions: number;
  /** The wall clock as a server shows it; NaN while none runs. */
  readonly serverWall: number;
  /** Troubles that came about. */
  readonly counts: Readonly<Record<Trouble['kind'], number>>;
  /** Settlements that were refused: their lanes were somebody else's by then. */
  readonly refused: number;
  powerOn(): void;
  /** Asks a process that runs for something; null = nobody listens. It may die before it answers: `NoAnswer`. */
  ask<T>(request: (life: ServerLife) => Promise<T>): Promise<T> | null;
  /** What the wall clock may call an instant: just set, the server still goes by the old time. */
  wallsOf(instant: number): number[];
  /** Whether somebody set a clock at this instant or later. */
  steppedSince(instant: number): boolean;
  /** Whether a deadline may have been missed at some moment since `instant`, or just is made up for. */
  heldUpSince(instant: number): boolean;
  /** Whether a process ended or hung, or could not write, at this instant or later. */
  troubledSince(instant: number): boolean;
  /** Whether a process was asleep, and did not know it, at this instant or later. */
  sleptSince(instant: number): boolean;
  /** Ends all processes for good. */
  end(): Promise<void>;
}

/** The process that was asked died before it could answer. */
export class NoAnswer extends Error {}

/** What a process answers. @throws NoAnswer when it dies meanwhile, whatever it did. */
export async function answerOf<T>(life: ServerLife, request: (life: ServerLife) => Promise<T>): Promise<T> {
  const [answer] = await Promise.allSettled([request(life)]);
  if (life.dead) throw new NoAnswer();
  if (answer.status === 'rejected') throw answer.reason;
  return answer.value;
}
