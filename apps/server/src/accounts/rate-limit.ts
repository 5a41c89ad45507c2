import { AppError } from '../errors.ts';

/** Too many tries; `retryAfter` in seconds. */
export class RateLimited extends AppError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('rate_limited', `too many tries; try again in ${Math.ceil(retryAfter / 60)} min`);
    this.retryAfter = retryAfter;
  }
}

export interface RateLimitOptions {
  /** Tries in a window. */
  limit: number;
  /** Milliseconds from a key's first try. */
  window: number;
  /** Keys that are remembered; beyond it the one whose window began first is forgotten. */
  capacity: number;
}

interface Window {
  tries: number;
  /** Monotonic milliseconds. */
  end: number;
}

/** Counts tries by key in windows that begin with a key's first try. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  /** In the order in which they began, which is the order in which they end. */
  readonly #windows = new Map<string, Window>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Counts a try at `now` (monotonic ms). @throws RateLimited when the key has used its tries up. */
  take(key: string, now: number): void {
    this.#forget((window) => window.end <= now);
    const window = this.#windows.get(key);
    if (window !== undefined) {
      if (window.tries >= this.#options.limit) throw new RateLimited(Math.ceil((window.end - now) / 1000));
      window.tries += 1;
      return;
    }
    this.#forget(() => this.#windows.size >= this.#options.capacity);
    this.#windows.set(key, { tries: 1, end: now + this.#options.window });
  }

  /** Forgets from the oldest on, as long as `past` holds. */
  #forget(past: (window: Window) => boolean): void {
    for (const [key, window] of this.#windows) {
      if (!past(window)) return;
      this.#windows.delete(key);
    }
  }
}
