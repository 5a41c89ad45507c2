/** Samples of an open chunk at most: it is closed then. */
export const OPEN_SAMPLES = 120;

/** A chunk begins small, since many series have few samples, and moves on. */
const CAPACITIES = [8, 32, OPEN_SAMPLES] as const;

/** Slots that are given memory at once. */
const SLAB_SLOTS = 512;

/** Where an open chunk lies: its size class and its number there. */
export interface Slot {
  readonly size: number;
  readonly number: number;
}

/**
 * Memory of all open chunks: for each size, slabs of slots with values and times (as milliseconds behind the chunk's
 * first one). Typed arrays of its own would cost a series some hundred bytes more than its samples.
 */
export class OpenSlots {
  readonly #classes = CAPACITIES.map((capacity) => new SizeClass(capacity));

  /** A slot for the first samples of a chunk. */
  take(): Slot {
    return { size: 0, number: this.#class(0).take() };
  }

  capacity({ size }: Slot): number {
    return this.#class(size).capacity;
  }

  /** Moves a chunk to the next size, with every bit of its values. */
  grow(slot: Slot, count: number): Slot {
    const size = slot.size + 1;
    const from = this.#class(slot.size);
    const to = this.#class(size);
    const number = to.take();
    to.values(number).set(from.values(slot.number).subarray(0, count));
    to.offsets(number).set(from.offsets(slot.number).subarray(0, count));
    from.give(slot.number);
    return { size, number };
  }

  give({ size, number }: Slot): void {
    this.#class(size).give(number);
  }

  values({ size, number }: Slot): Float64Array {
    return this.#class(size).values(number);
  }

  offsets({ size, number }: Slot): Uint32Array {
    return this.#class(size).offsets(number);
  }

  /** Copies a sample's value, with every bit, and its time. */
  set({ size, number }: Slot, at: number, offset: number, values: Float64Array, from: number): void {
    this.#class(size).set(number, at, offset, values, from);
  }

  #class(size: number): SizeClass {
    const found = this.#classes[size];
    if (found === undefined) throw new RangeError(`BUG: slots of size ${size}`);
    return found;
  }
}

class SizeClass {
  readonly capacity: number;
  readonly #values: Float64Array[] = [];
  readonly #offsets: Uint32Array[] = [];
  readonly #free: number[] = [];
  #used = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  take(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#used % SLAB_SLOTS === 0) {
      const values = new Float64Array(SLAB_SLOTS * this.capacity);
      this.#values.push(values);
      this.#offsets.push(new Uint32Array(SLAB_SLOTS * this.capacity));
    }
    return this.#used++;
  }

  give(number: number): void {
    this.#free.push(number);
  }

  values(number: number): Float64Array {
    const from = (number % SLAB_SLOTS) * this.capacity;
    return slab(this.#values, number).subarray(from, from + this.capacity);
  }

  offsets(number: number): Uint32Array {
    const from = (number % SLAB_SLOTS) * this.capacity;
    return slab(this.#offsets, number).subarray(from, from + this.capacity);
  }

  set(number: number, at: number, offset: number, values: Float64Array, from: number): void {
    const place = (number % SLAB_SLOTS) * this.capacity + at;
    slab(this.#offsets, number)[place] = offset;
    const value = values[from] ?? 0;
    if (!Number.isNaN(value)) slab(this.#values, number)[place] = value;
    // A NaN goes over as bytes: as a number it may lose the bits that make it a stale marker.
    else bytesOf(slab(this.#values, number), place).set(bytesOf(values, from));
  }
}

function slab<T>(slabs: readonly T[], number: number): T {
  const found = slabs[Math.floor(number / SLAB_SLOTS)];
  if (found === undefined) throw new RangeError(`BUG: slot ${number}`);
  return found;
}

function bytesOf(values: Float64Array, at: number): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset + 8 * at, 8);
}
