const TEXT = new TextEncoder();

/** Two to the 32nd, beyond which a number's bits are out of reach of bit operators. */
const HIGH = 0x1_0000_0000;

/** Bytes that grow as they are written; used again and again for one record after another. */
export class ByteWriter {
  length = 0;
  #bytes: Uint8Array;
  #view: DataView;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** What was written, where it lies: valid until the next writing. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  /** A copy of what was written. */
  copy(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  byte(value: number): void {
    this.#need(1);
    this.#bytes[this.length++] = value;
  }

  /** A whole number from 0 to 2^53. */
  varint(value: number): void {
    this.#need(8);
    let rest = value;
    while (rest >= HIGH) {
      this.#bytes[this.length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    rest >>>= 0;
    while (rest >= 0x80) {
      this.#bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  /** A whole number within 2^52 of zero. */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  uint32(value: number): void {
    this.#need(4);
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  /** A float whose NaN may be any. */
  double(value: number): void {
    this.#need(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** The eight bytes of a float where it lies, with every bit. */
  doubleBits(values: Float64Array, at: number): void {
    this.raw(new Uint8Array(values.buffer, values.byteOffset + 8 * at, 8));
  }

  raw(bytes: Uint8Array): void {
    this.#need(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  text(value: string): void {
    const bytes = TEXT.encode(value);
    this.varint(bytes.length);
    this.raw(bytes);
  }

  /** Writes a number over four bytes written before. */
  patchUint32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  #need(bytes: number): void {
    const wanted = this.length + bytes;
    if (wanted <= this.#bytes.length) return;
    const before = this.#bytes;
    this.#bytes = new Uint8Array(Math.max(wanted, before.length * 2));
    this.#bytes.set(before);
    this.#view = new DataView(this.#bytes.buffer);
  }
}
