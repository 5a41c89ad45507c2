/** What regular expressions may cost: counted, not timed, so that every node decides alike. */

/** Steps of all looks at one alert, instructions times characters: 30 ns each at worst, so 8 ms. */
const MOST_FOR_ALERT = 250_000;
/** Steps in one turn of the event loop: 15 ms at worst. */
const MOST_AT_ONCE = 500_000;

/** A stock of steps that looks at labels take from. */
export class Steps {
  #left: number;
  #sinceRest = 0;
  #isExhausted = false;
  readonly #stock: Steps | null;

  private constructor(left: number, stock: Steps | null) {
    this.#left = left;
    this.#stock = stock;
  }

  /** What all looks at one alert may take together. */
  static forAlert(): Steps {
    return new Steps(MOST_FOR_ALERT, null);
  }

  /** What one call may take, whatever the number of alerts. */
  static forCall(most: number): Steps {
    return new Steps(most, null);
  }

  /** What all looks at one alert of the call may take. */
  ofAlert(): Steps {
    return new Steps(MOST_FOR_ALERT, this);
  }

  /** Takes so many; where that is more than is left it takes none and says no. */
  take(count: number): boolean {
    if (count > this.#left || this.#stock?.take(count) === false) {
      this.#isExhausted = true;
      return false;
    }
    this.#left -= count;
    this.#sinceRest += count;
    return true;
  }

  /** Whether it ever said no. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /** Lets others have a turn, when enough was taken since the last time. */
  async rest(): Promise<void> {
    if (this.#sinceRest < MOST_AT_ONCE) return;
    this.#sinceRest = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
