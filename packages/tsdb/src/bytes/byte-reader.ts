const TEXT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What makes bytes not what they should be. */
export class DamageError extends Error {
  override readonly name = 'DamageError';
}

/** Reads what a `ByteWriter` wrote; going beyond the end is a `DamageError`. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, from = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get left(): number {
    return this.end - this.at;
  }

  byte(): number {
    return this.bytes[this.#advance(1)] ?? 0;
  }

  varint(): number {
    let value = 0;
    let shift = 1;
    for (let bytes = 0; bytes < 8; bytes++, shift *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
    throw new DamageError('a number of more than 53 bits');
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  double(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  /** Reads eight bytes to a place of a column, with every bit. */
  doubleBits(values: Float64Array, at: number): void {
    const from = this.#advance(8);
    new Uint8Array(values.buffer, values.byteOffset + 8 * at, 8).set(this.bytes.subarray(from, from + 8));
  }

  raw(length: number): Uint8Array {
    const from = this.#advance(length);
    return this.bytes.subarray(from, from + length);
  }

  text(): string {
    return TEXT.decode(this.raw(this.varint()));
  }

  /** @returns where it was. */
  #advance(bytes: number): number {
    const from = this.at;
    if (bytes > this.end - from) throw new DamageError('it ends too early');
    this.at += bytes;
    return from;
  }
}
