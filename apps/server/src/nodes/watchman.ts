import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import { BEAT_INTERVAL } from './presence.ts';

/** Milliseconds between two pings of the dead-man URL. */
const DEADMAN_INTERVAL = 60_000;
/** A deadline or a delivery that waits longer than this is not being looked after. */
const TOLERATED_LAG = 30_000;

export interface WatchmanOptions {
  clock: Clock;
  /** Writes a sign of life to the store. */
  beat(): Promise<void>;
  /** Looks for a step of the wall clock and settles it. */
  settleClock(): Promise<void>;
  /** When the timers mean to wake next, epoch ms. */
  timers(): number[];
  /** Calls the dead-man URL; null when none is configured. */
  deadman: (() => Promise<void>) | null;
  onError(message: string): void;
}

/** Shows that this node lives, and calls the dead-man URL only while store, timers and deliveries are well. */
export class Watchman {
  readonly #options: WatchmanOptions;
  #cancel: (() => void) | null = null;
  #lastBeat: number;
  /** Why the last sign of life could not be written; null = it could. */
  #refusal: string | null = null;
  #lastDeadman = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(options: WatchmanOptions) {
    this.#options = options;
    this.#lastBeat = options.clock.monotonic();
  }

  start(): void {
    void this.#round();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Why this node is not well; empty = it is. */
  troubles(): string[] {
    const { clock, timers } = this.#options;
    const troubles: string[] = [];
    if (this.#refusal !== null) troubles.push(this.#refusal);
    else if (clock.monotonic() - this.#lastBeat > TOLERATED_LAG)
      troubles.push('the store does not take writes');
    if (timers().some((at) => at < clock.now() - TOLERATED_LAG)) troubles.push('timers are behind');
    return troubles;
  }

  async #round(): Promise<void> {
    const { clock, onError } = this.#options;
    try {
      await this.#options.settleClock();
      await this.#options.beat();
      this.#lastBeat = clock.monotonic();
      this.#refusal = null;
    } catch (error) {
      this.#refusal = messageOf(error);
      onError(`no sign of life: ${this.#refusal}`);
    }
    void this.#callDeadman();
    if (!this.#stopped) this.#cancel = clock.after(BEAT_INTERVAL, () => void this.#round());
  }

  async #callDeadman(): Promise<void> {
    const { clock, deadman, onError } = this.#options;
    if (deadman === null || clock.monotonic() - this.#lastDeadman < DEADMAN_INTERVAL) return;
    if (this.troubles().length > 0) return;
    this.#lastDeadman = clock.monotonic();
    try {
      await deadman();
    } catch (error) {
      onError(`the dead-man URL did not answer: ${messageOf(error)}`);
    }
  }
}
