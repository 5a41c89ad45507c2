import { type ByteReader, DamageError } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';

/**
 * Writes floats that are no decimals: each as the bytes in which it differs from the one before, and where they are.
 * A byte says how many are equal at each end.
 */
export function writeExclusiveOr(writer: ByteWriter, values: Float64Array, count: number): void {
  const bytes = bytesOf(values, count);
  const changed = new Uint8Array(8);
  for (let at = 0; at < count; at++) {
    for (let index = 0; index < 8; index++)
      changed[index] = (bytes[8 * at + index] ?? 0) ^ (at === 0 ? 0 : (bytes[8 * at + index - 8] ?? 0));
    const from = firstChanged(changed);
    const end = from === 8 ? 8 : lastChanged(changed) + 1;
    writer.byte((from << 4) | end);
    writer.raw(changed.subarray(from, end));
  }
}

/** Reads what `writeExclusiveOr` wrote into a column. */
export function readExclusiveOr(reader: ByteReader, values: Float64Array, count: number): void {
  const bytes = bytesOf(values, count);
  for (let at = 0; at < count; at++) {
    const head = reader.byte();
    const [from, end] = [head >> 4, head & 15];
    if (from > end || end > 8) throw new DamageError(`bytes ${from} to ${end} of a float`);
    const changed = reader.raw(end - from);
    for (let index = 0; index < 8; index++)
      bytes[8 * at + index] = at === 0 ? 0 : (bytes[8 * at + index - 8] ?? 0);
    for (let index = from; index < end; index++)
      bytes[8 * at + index] = (bytes[8 * at + index] ?? 0) ^ (changed[index - from] ?? 0);
  }
}

function bytesOf(values: Float64Array, count: number): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, 8 * count);
}

function firstChanged(bytes: Uint8Array): number {
  const at = bytes.findIndex((byte) => byte !== 0);
  return at === -1 ? 8 : at;
}

function lastChanged(bytes: Uint8Array): number {
  return bytes.findLastIndex((byte) => byte !== 0);
}
