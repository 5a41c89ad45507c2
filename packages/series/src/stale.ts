/**
 * The bits of the NaN that says "this series ended here", and of the NaN that is stored for every other one.
 * Source: Prometheus' value package, quoted in its remote-write specification.
 */
const STALE_HIGH = 0x7ff00000;
const STALE_LOW = 0x00000002;
const ORDINARY_HIGH = 0x7ff80000;
const ORDINARY_LOW = 0x00000001;

/** Where a float's high and low half are: typed arrays have the machine's byte order. */
const LOW = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/**
 * The stale markers of floats, told by their bits: a NaN that goes through a JavaScript number may lose them, so
 * values are copied as arrays (`set`, `slice`) and looked at where they lie.
 */
export class StaleBits {
  readonly #halves: Uint32Array;

  constructor(values: Float64Array) {
    this.#halves = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  }

  /** Whether the value at this place is a stale marker. */
  at(index: number): boolean {
    return this.#halves[2 * index + HIGH] === STALE_HIGH && this.#halves[2 * index + LOW] === STALE_LOW;
  }

  /** Writes a stale marker to this place. */
  mark(index: number): void {
    this.#halves[2 * index + HIGH] = STALE_HIGH;
    this.#halves[2 * index + LOW] = STALE_LOW;
  }

  /** Writes the ordinary NaN to this place. */
  markNaN(index: number): void {
    this.#halves[2 * index + HIGH] = ORDINARY_HIGH;
    this.#halves[2 * index + LOW] = ORDINARY_LOW;
  }
}
