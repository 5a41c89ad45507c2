/** Runs that are noted at a time; what is beyond is not. More than the scheduler and callers have at once. */
const SLOTS = 1_024;

/** Which checks' runs are under way, in memory that outlives the thread that notes them. */
export class UnderWay {
  /** Internal ids of checks, 0 = free. */
  readonly #slots: Float64Array<SharedArrayBuffer>;
  readonly #free: number[];

  /** `memory`: of {@link UnderWay.memory}, when another thread reads along. */
  constructor(memory: SharedArrayBuffer = UnderWay.memory()) {
    this.#slots = new Float64Array(memory);
    this.#free = Array.from({ length: SLOTS }, (_, slot) => slot);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(SLOTS * Float64Array.BYTES_PER_ELEMENT);
  }

  /** Notes a run until what is returned is called. */
  note(checkId: number): () => void {
    const slot = this.#free.pop();
    if (slot === undefined) return () => undefined;
    this.#slots[slot] = checkId;
    return () => {
      this.#slots[slot] = 0;
      this.#free.push(slot);
    };
  }

  /** The checks whose runs are under way, by internal id. */
  checkIds(): number[] {
    return [...new Set(this.#slots.filter((id) => id !== 0))];
  }
}
