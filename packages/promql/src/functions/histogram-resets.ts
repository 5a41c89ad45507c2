import { isReset, type Samples } from '@vigie/series';
import { beganAnew } from './counter-resets.ts';

const UNKNOWN = 0;
const NONE = 1;
const RESET = 2;

/** Where a series' counter of native histograms began anew; each place is looked at once, however many windows ask. */
export class HistogramResets {
  readonly #samples: Samples;
  readonly #known: Uint8Array;

  constructor(samples: Samples) {
    this.#samples = samples;
    this.#known = new Uint8Array(samples.count);
  }

  /** Whether it began anew between the sample before and this one. */
  at(place: number): boolean {
    if (this.#known[place] === UNKNOWN) this.#known[place] = this.#find(place) ? RESET : NONE;
    return this.#known[place] === RESET;
  }

  #find(place: number): boolean {
    const before = this.#samples.histograms?.[place - 1];
    const after = this.#samples.histograms?.[place];
    if (this.#samples.startTimestamps !== null && beganAnew(this.#samples, place)) return true;
    return before !== undefined && after !== undefined && isReset(before, after);
  }
}
