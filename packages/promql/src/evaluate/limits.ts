import { ExecutionError, QueryEnded } from './execution-error.ts';

/** How many samples may pass between two looks at the clock: a few milliseconds of work. */
const BETWEEN_LOOKS = 50_000;

/** Cells that the rows of one operation may have, empty ones too: some 900 MB. */
const MAX_CELLS = 100_000_000;

export interface Bounds {
  readonly maxSamples: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly cancelled: () => boolean;
  /** Milliseconds that only rise. */
  readonly now: () => number;
}

/** What one query has used, and when it has to end. */
export class Limits {
  readonly #bounds: Bounds;
  readonly #started: number;
  #held = 0;
  #untilLook = 0;
  /** Samples read from the store. */
  read = 0;
  /** The most samples held at a time. */
  peak = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.#started = bounds.now();
  }

  /** Milliseconds since the query began. */
  get elapsed(): number {
    return this.#bounds.now() - this.#started;
  }

  /** Samples held now. */
  get held(): number {
    return this.#held;
  }

  /**
   * Counts samples that are held from now on.
   * @throws {ExecutionError} with too many; {QueryEnded} when cancelled or out of time.
   */
  hold(samples: number): void {
    this.#held += samples;
    if (this.#held > this.peak) this.peak = this.#held;
    if (this.#held > this.#bounds.maxSamples) throw tooManySamples();
    this.work(samples);
  }

  /** Looks now and then whether the query is to end. */
  work(samples: number): void {
    this.#untilLook -= samples + 1;
    if (this.#untilLook > 0) return;
    this.#untilLook = BETWEEN_LOOKS;
    this.look();
  }

  /** @throws {QueryEnded} when cancelled or out of time. */
  look(): void {
    if (this.#bounds.cancelled()) throw new QueryEnded('canceled');
    if (this.elapsed > this.#bounds.timeout) throw new QueryEnded('timeout');
  }

  /** Lets samples go that were held. */
  release(samples: number): void {
    this.#held -= samples;
  }

  /** Samples that an operation went through are let go: only what it made is held on. */
  holdOnly(samples: number): void {
    this.#held = 0;
    this.hold(samples);
  }

  /**
   * Refuses steps that no memory has room for, whether they hold samples or not.
   * @throws {ExecutionError} with too many.
   */
  allowCells(rows: number, steps: number): void {
    if (rows * steps > MAX_CELLS) throw tooManySamples();
  }
}

/** The original's answer to a query beyond `maxSamples`. */
export function tooManySamples(): ExecutionError {
  return new ExecutionError('query processing would load too many samples into memory in query execution');
}
