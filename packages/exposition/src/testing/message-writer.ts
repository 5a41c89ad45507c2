/** Writes protobuf messages for tests: each field as the encoding page of protobuf's manual describes it. */
export class MessageWriter {
  readonly #bytes: number[] = [];

  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  varint(field: number, value: number | bigint): this {
    this.#tag(field, 0);
    this.#varint(BigInt.asUintN(64, BigInt(value)));
    return this;
  }

  sint(field: number, value: number): this {
    return this.varint(field, value < 0 ? -2 * value - 1 : 2 * value);
  }

  double(field: number, value: number): this {
    const eight = new DataView(new ArrayBuffer(8));
    eight.setFloat64(0, value, true);
    return this.fixed64(field, new Uint8Array(eight.buffer));
  }

  fixed64(field: number, eight: Uint8Array): this {
    this.#tag(field, 1);
    this.#bytes.push(...eight);
    return this;
  }

  text(field: number, value: string): this {
    return this.raw(field, new TextEncoder().encode(value));
  }

  message(field: number, write: (inner: MessageWriter) => unknown): this {
    const inner = new MessageWriter();
    write(inner);
    return this.raw(field, inner.bytes);
  }

  packed(field: number, values: readonly number[]): this {
    const inner = new MessageWriter();
    for (const value of values) inner.#varint(BigInt.asUintN(64, BigInt(value)));
    return this.raw(field, inner.bytes);
  }

  raw(field: number, bytes: Uint8Array): this {
    this.#tag(field, 2);
    this.#varint(BigInt(bytes.length));
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  #tag(field: number, wire: number): void {
    this.#varint(BigInt(field * 8 + wire));
  }

  #varint(value: bigint): void {
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) this.#bytes.push(Number(rest & 0x7fn) | 0x80);
    this.#bytes.push(Number(rest));
  }
}
