/** Whether two values are equal in every bit. */
export function sameBits(a: Float64Array, at: number, b: Float64Array, bt: number): boolean {
  const x = new Uint8Array(a.buffer, a.byteOffset + 8 * at, 8);
  const y = new Uint8Array(b.buffer, b.byteOffset + 8 * bt, 8);
  return x.every((byte, index) => byte === y[index]);
}
