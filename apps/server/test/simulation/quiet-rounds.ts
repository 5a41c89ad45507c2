import { BEAT_INTERVAL } from '../../src/nodes/presence.ts';
import { ADOPT_EVERY } from '../../src/notify/notifier.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Rounds that a process makes by itself, with the milliseconds from one to the next. */
const ROUNDS: ReadonlyMap<string, number> = new Map([
  ['nodes.beat', BEAT_INTERVAL],
  ['notify.adopt', ADOPT_EVERY],
]);
/** Milliseconds: of rounds in which nothing can happen one an hour is made, and the last. */
const LONGEST_STRETCH = 3_600_000;

export interface QuietRoundsOptions {
  time: VirtualTime;
  /** In order. */
  troubles: readonly { at: number }[];
  /** Whether a trouble waits for its moment: it may come with whatever happens next. */
  isArmed(): boolean;
  /** Whether each round counts just now. */
  isUnsettled(): boolean;
}

/** Leaves out rounds of one process while nothing can come of them. */
export class QuietRounds {
  readonly #options: QuietRoundsOptions;
  /** Intervals of rounds that were made: the next one is asked for at once. */
  readonly #made = new Set<number>();

  constructor(options: QuietRoundsOptions) {
    this.#options = options;
  }

  onWritten(command: string): void {
    const interval = ROUNDS.get(command);
    if (interval !== undefined) this.#made.add(interval);
  }

  /** A delay of the process: that between two rounds is stretched to where the next one matters. */
  stretch(delay: number): number {
    const { time, troubles, isArmed, isUnsettled } = this.#options;
    if (!this.#made.delete(delay) || isUnsettled()) return delay;
    const trouble = troubles.find(({ at }) => at > time.now)?.at ?? Number.POSITIVE_INFINITY;
    const next = isArmed() ? time.next : trouble;
    const room = Math.min(LONGEST_STRETCH, next - time.now - 1);
    return Math.max(1, Math.floor(room / delay)) * delay;
  }
}
