import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** Bits of one plane: eight bits gathered before it and it itself fit into the 32 that bit operators have. */
const PLANE_BITS = 24;

/** The bits a whole number from 0 to 2^53 needs. */
export function bitsOf(value: number): number {
  return value >= 2 ** 32 ? 64 - Math.clz32(Math.floor(value / 2 ** 32)) : 32 - Math.clz32(value);
}

/**
 * Writes whole numbers from 0 with `width` bits each (0 to 53), the lowest bits of all first, in planes.
 * @param values read from `from` to `end`.
 */
export function writeBits(
  writer: ByteWriter,
  values: Float64Array,
  from: number,
  end: number,
  width: number,
): void {
  for (let low = 0; low < width; low += PLANE_BITS) {
    const bits = Math.min(PLANE_BITS, width - low);
    const divisor = 2 ** low;
    const modulus = 2 ** bits;
    let gathered = 0;
    let filled = 0;
    for (let at = from; at < end; at++) {
      const part =
        low === 0 ? (values[at] ?? 0) % modulus : Math.floor((values[at] ?? 0) / divisor) % modulus;
      gathered |= part << filled;
      for (filled += bits; filled >= 8; filled -= 8) {
        writer.byte(gathered & 0xff);
        gathered >>>= 8;
      }
    }
    if (filled > 0) writer.byte(gathered & 0xff);
  }
}

/** Reads what `writeBits` wrote to the places `from` to `end` of a column. */
export function readBits(
  reader: ByteReader,
  values: Float64Array,
  from: number,
  end: number,
  width: number,
): void {
  values.fill(0, from, end);
  for (let low = 0; low < width; low += PLANE_BITS) {
    const bits = Math.min(PLANE_BITS, width - low);
    const bytes = reader.raw(Math.ceil(((end - from) * bits) / 8));
    readPlane(bytes, values, from, end, bits, 2 ** low);
  }
}

function readPlane(
  bytes: Uint8Array,
  values: Float64Array,
  from: number,
  end: number,
  bits: number,
  factor: number,
): void {
  const mask = 2 ** bits - 1;
  let gathered = 0;
  let filled = 0;
  let next = 0;
  for (let at = from; at < end; at++) {
    for (; filled < bits; filled += 8) gathered |= (bytes[next++] ?? 0) << filled;
    const part = gathered & mask;
    values[at] = factor === 1 ? part : (values[at] ?? 0) + part * factor;
    gathered >>>= bits;
    filled -= bits;
  }
}
