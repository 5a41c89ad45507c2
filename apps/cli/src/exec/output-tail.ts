/** The end of what a program prints, in one buffer that is written round and round. */
export class OutputTail {
  readonly #ring: Buffer;
  /** Bytes that were ever added. */
  #total = 0;

  /** `limit`: bytes that are kept. */
  constructor(limit: number) {
    this.#ring = Buffer.alloc(limit);
  }

  add(part: Buffer): void {
    const size = this.#ring.length;
    const last = part.subarray(-size);
    const from = (this.#total + part.length - last.length) % size;
    const fits = Math.min(last.length, size - from);
    last.copy(this.#ring, from, 0, fits);
    last.copy(this.#ring, 0, fits);
    this.#total += part.length;
  }

  /** The last `limit` bytes at most, from the beginning of a character on. */
  end(limit: number): Buffer {
    const size = this.#ring.length;
    const length = Math.max(Math.min(limit, size, this.#total), 0);
    const end = this.#total % size;
    const all =
      this.#total <= size
        ? this.#ring
        : Buffer.concat([this.#ring.subarray(end), this.#ring.subarray(0, end)]);
    const known = Math.min(this.#total, size);
    const last = all.subarray(known - length, known);
    return length < this.#total ? fromCharacter(last) : last;
  }
}

/** Longest continuation of a UTF-8 character, bytes. */
const CONTINUATION = 3;

/** Without the rest of a character whose beginning was cut off. */
function fromCharacter(bytes: Buffer): Buffer {
  let start = 0;
  while (start < CONTINUATION && ((bytes[start] ?? 0) & 0b1100_0000) === 0b1000_0000) start += 1;
  return bytes.subarray(start);
}
