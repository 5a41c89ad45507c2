/**
 * Columns are cut from larger pieces: a query makes thousands of them, and memory of its own for each costs more than
 * what is done with it. A piece lives as long as any column of it.
 */
const PIECE = 1 << 15;

let floats = new Float64Array(0);
let floatsUsed = 0;
let bytes = new Uint8Array(0);
let bytesUsed = 0;

/** A column of zeros. */
export function floatColumn(length: number): Float64Array {
  if (floatsUsed + length > floats.length) {
    if (length > PIECE / 4) return new Float64Array(length);
    floats = new Float64Array(PIECE);
    floatsUsed = 0;
  }
  floatsUsed += length;
  return floats.subarray(floatsUsed - length, floatsUsed);
}

/** A column of zeros. */
export function byteColumn(length: number): Uint8Array {
  if (bytesUsed + length > bytes.length) {
    if (length > PIECE / 4) return new Uint8Array(length);
    bytes = new Uint8Array(PIECE);
    bytesUsed = 0;
  }
  bytesUsed += length;
  return bytes.subarray(bytesUsed - length, bytesUsed);
}
