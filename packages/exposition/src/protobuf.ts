/** What makes bytes no message of the wanted kind. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

/** How a field is written. Source: the encoding page of protobuf's manual. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const TEXT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Two to the 32nd and 64th: the halves of an int64. */
const HIGH = 0x1_0000_0000;

/**
 * Goes through the fields of a message, or of a message within one, where they lie. After `next()` the field's
 * number is in `field` and one of the reading methods has to be called, or `skip()`.
 */
export class MessageReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  field = 0;
  #wire = 0;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, from = 0, end = bytes.length, view?: DataView) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.#view = view ?? new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** @returns false when the message is over. */
  next(): boolean {
    if (this.at >= this.end) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.#wire = tag & 7;
    if (this.field === 0) throw malformed('a field without a number');
    return true;
  }

  /** A message within this one; this reader goes on behind it. */
  message(): MessageReader {
    const from = this.skipBytes();
    return new MessageReader(this.bytes, from, this.at, this.#view);
  }

  /** The range of a length-delimited field: returns where it begins, and `at` is where it ends. */
  skipBytes(): number {
    this.#expect(WIRE.bytes);
    const length = this.#varint();
    const from = this.at;
    if (length > this.end - from) throw malformed('a field longer than its message');
    this.at = from + length;
    return from;
  }

  /** @throws {ProtobufError} unless it is UTF-8. */
  text(): string {
    const from = this.skipBytes();
    try {
      return TEXT.decode(this.bytes.subarray(from, this.at));
    } catch {
      throw malformed('a text that is not UTF-8');
    }
  }

  double(): number {
    this.#expect(WIRE.fixed64);
    const from = this.#fixed64();
    return this.#view.getFloat64(from, true);
  }

  /** Where the eight bytes of a double begin, for who needs its bits. */
  doubleAt(): number {
    this.#expect(WIRE.fixed64);
    return this.#fixed64();
  }

  /** A number from 0 to 2^53. */
  uint(): number {
    this.#expect(WIRE.varint);
    return this.#varint();
  }

  /** A number that may be negative, written as two's complement of 64 bits; exact within 2^53 of zero. */
  int(): number {
    this.#expect(WIRE.varint);
    return this.#int64();
  }

  /** A number that may be negative, written zigzag. */
  sint(): number {
    return unzigzag(this.uint());
  }

  /** Repeated numbers, packed into one field or written one by one: each is handed to `take`. */
  packed(take: (reader: MessageReader) => void): void {
    if (this.#wire !== WIRE.bytes) {
      take(this);
      return;
    }
    const inner = this.message();
    while (inner.at < inner.end) {
      inner.#wire = PACKED;
      take(inner);
    }
  }

  skip(): void {
    if (this.#wire === WIRE.varint) this.#int64();
    else if (this.#wire === WIRE.fixed64) this.#fixed64();
    else if (this.#wire === WIRE.bytes) this.skipBytes();
    else if (this.#wire === WIRE.fixed32) this.#advance(4);
    else throw malformed(`wire type ${this.#wire}`);
  }

  #expect(wire: number): void {
    if (this.#wire !== wire && this.#wire !== PACKED)
      throw malformed(`field ${this.field} has wire type ${this.#wire} instead of ${wire}`);
  }

  #fixed64(): number {
    const from = this.at;
    this.#advance(8);
    return from;
  }

  #advance(bytes: number): void {
    this.at += bytes;
    if (this.at > this.end) throw malformed('it ends within a field');
  }

  #varint(): number {
    let value = 0;
    for (let shift = 1; shift < 2 ** 63; shift *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
    throw malformed('a number of more than 63 bits');
  }

  #int64(): number {
    let low = 0;
    let high = 0;
    for (let index = 0; index < 10; index++) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (index < 4) low += bits * 2 ** (7 * index);
      else if (index === 4) {
        low += (bits & 0x0f) * 2 ** 28;
        high += bits >> 4;
      } else high += bits * 2 ** (7 * index - 32);
      if (byte < 0x80) return signed(low, high % HIGH);
    }
    throw malformed('a number of more than 64 bits');
  }

  #byte(): number {
    if (this.at >= this.end) throw malformed('it ends within a number');
    return this.bytes[this.at++] ?? 0;
  }
}

/** Stands for "a packed number": its wire type is that of whoever reads it. */
const PACKED = -1;

function signed(low: number, high: number): number {
  return (high >= 2 ** 31 ? high - HIGH : high) * HIGH + low;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function malformed(reason: string): ProtobufError {
  return new ProtobufError(`malformed protobuf: ${reason}`);
}
