/** What makes bytes no snappy block. */
export class SnappyError extends Error {
  override readonly name = 'SnappyError';
}

/** The longest piece that one back reference of two bytes' offset copies. */
const LONGEST_COPY = 64;
/** Offsets of two bytes reach this far; the compressor looks no further. Source: snappy's format description. */
const WINDOW = 65_535;
/** Entries of the compressor's table: a power of two. */
const TABLE_BITS = 14;

/**
 * Decompresses a snappy block (not the framed format).
 * @param limit the most bytes that may come out; more is refused before anything is allocated.
 * @throws {SnappyError} when it is none, or says to be longer.
 */
export function unsnappy(block: Uint8Array, limit: number): Uint8Array {
  const { length, from } = readLength(block);
  if (length > limit)
    throw new SnappyError(`snappy: decoded block is too large: ${length} bytes, at most ${limit}`);
  // A copy of 64 bytes takes 3: a longer claim than that is a lie, found before memory is given for it.
  if (length > (block.length - from) * LONGEST_COPY) throw corrupt();
  const output = new Uint8Array(length);
  let to = 0;
  for (let at = from; at < block.length; ) {
    const tag = block[at] ?? 0;
    if ((tag & 3) === 0) {
      const literal = readLiteral(block, at, tag);
      if (literal.end > block.length || to + literal.length > length) throw corrupt();
      output.set(block.subarray(literal.end - literal.length, literal.end), to);
      to += literal.length;
      at = literal.end;
    } else {
      const width = COPY_WIDTH[tag & 3] ?? 0;
      if (at + width > block.length) throw corrupt();
      const size = (tag & 3) === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
      const offset = readOffset(block, at, tag);
      if (offset === 0 || offset > to || to + size > length) throw corrupt();
      copyWithin(output, to, offset, size);
      to += size;
      at += width;
    }
  }
  if (to !== length) throw corrupt();
  return output;
}

/** Bytes of a back reference by the two lowest bits of its tag. */
const COPY_WIDTH = [0, 2, 3, 5];

function corrupt(): SnappyError {
  return new SnappyError('snappy: corrupt input');
}

function readLength(block: Uint8Array): { length: number; from: number } {
  let length = 0;
  for (let from = 0; from < 5; from++) {
    const byte = block[from];
    if (byte === undefined) break;
    length += (byte & 0x7f) * 2 ** (7 * from);
    if (byte < 0x80) {
      if (length > 0xffffffff) break;
      return { length, from: from + 1 };
    }
  }
  throw corrupt();
}

function readLiteral(block: Uint8Array, at: number, tag: number): { length: number; end: number } {
  const short = tag >> 2;
  if (short < 60) return { length: short + 1, end: at + short + 2 };
  const bytes = short - 59;
  let length = 1;
  for (let index = 0; index < bytes; index++) length += (block[at + 1 + index] ?? 0) * 2 ** (8 * index);
  return { length, end: at + 1 + bytes + length };
}

function readOffset(block: Uint8Array, at: number, tag: number): number {
  const first = block[at + 1] ?? 0;
  if ((tag & 3) === 1) return ((tag >> 5) << 8) | first;
  const second = first | ((block[at + 2] ?? 0) << 8);
  if ((tag & 3) === 2) return second;
  return second + ((block[at + 3] ?? 0) | ((block[at + 4] ?? 0) << 8)) * 65_536;
}

/** Copies from what has come out already; a source that overlaps its target repeats. */
function copyWithin(output: Uint8Array, to: number, offset: number, size: number): void {
  if (offset >= size) output.copyWithin(to, to - offset, to - offset + size);
  else for (let index = 0; index < size; index++) output[to + index] = output[to + index - offset] ?? 0;
}

/** Compresses bytes into a snappy block. */
export function snappy(input: Uint8Array): Uint8Array {
  // Never longer than this. Source: snappy's MaxCompressedLength.
  const output = new Uint8Array(32 + input.length + Math.ceil(input.length / 6));
  const table = new Int32Array(1 << TABLE_BITS).fill(-1);
  let to = writeLength(output, input.length);
  let literal = 0;
  for (let at = 0; at + 4 <= input.length; ) {
    const word = wordAt(input, at);
    const slot = Math.imul(word, 0x1e35a7bd) >>> (32 - TABLE_BITS);
    const before = table[slot] ?? -1;
    table[slot] = at;
    if (before < 0 || at - before > WINDOW || wordAt(input, before) !== word) {
      // The longer nothing repeats, the faster what does not repeat is gone through.
      at += 1 + ((at - literal) >> 5);
      continue;
    }
    to = writeLiteral(output, to, input, literal, at);
    const length = matchLength(input, before, at);
    to = writeCopies(output, to, at - before, length);
    at += length;
    literal = at;
  }
  to = writeLiteral(output, to, input, literal, input.length);
  return output.subarray(0, to);
}

function wordAt(input: Uint8Array, at: number): number {
  return (
    (input[at] ?? 0) |
    ((input[at + 1] ?? 0) << 8) |
    ((input[at + 2] ?? 0) << 16) |
    ((input[at + 3] ?? 0) << 24)
  );
}

function matchLength(input: Uint8Array, before: number, at: number): number {
  let length = 4;
  while (at + length < input.length && input[before + length] === input[at + length]) length += 1;
  return length;
}

function writeLength(output: Uint8Array, length: number): number {
  let to = 0;
  let rest = length;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) output[to++] = (rest % 128) | 0x80;
  output[to++] = rest;
  return to;
}

function writeLiteral(
  output: Uint8Array,
  start: number,
  input: Uint8Array,
  from: number,
  end: number,
): number {
  let to = start;
  if (from === end) return to;
  const length = end - from - 1;
  if (length < 60) output[to++] = length << 2;
  else {
    const bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
    output[to++] = (59 + bytes) << 2;
    for (let index = 0; index < bytes; index++) output[to++] = Math.floor(length / 2 ** (8 * index)) & 0xff;
  }
  output.set(input.subarray(from, end), to);
  return to + length + 1;
}

function writeCopies(output: Uint8Array, start: number, offset: number, length: number): number {
  let to = start;
  for (let rest = length; rest > 0; ) {
    const size = Math.min(rest, LONGEST_COPY);
    output[to++] = ((size - 1) << 2) | 2;
    output[to++] = offset & 0xff;
    output[to++] = offset >> 8;
    rest -= size;
  }
  return to;
}
