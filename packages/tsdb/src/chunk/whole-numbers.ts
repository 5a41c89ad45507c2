import { bitsOf, readBits, writeBits } from '../bytes/bit-columns.ts';
import { type ByteReader, DamageError } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';

/** How many outliers at each end of the sorted column are tried as exceptions to its width. */
const TRIMS = [0, 1, 2, 4, 8, 16] as const;

/** What an exception costs, in bits: its place and its value. */
const EXCEPTION_BITS = 40;

/** Differences may be taken so often before the column is packed. */
const ORDERS = [0, 1, 2] as const;
type Order = (typeof ORDERS)[number];

/**
 * Writes a column of whole numbers nearer to zero than 2^50: as themselves, their differences or the differences of
 * those, whatever needs the fewest bits; divided by what divides them all; above a base; with the bits that most of
 * them need. The others are exceptions, written apart.
 * @param values is overwritten.
 */
export function writeWholeNumbers(writer: ByteWriter, values: Float64Array, count: number): void {
  const order = cheapestOrder(values, count);
  writer.byte(order);
  for (let level = 0; level < order; level++) writer.zigzag(difference(values, count, level));
  const divisor = commonDivisor(values, order, count);
  writer.varint(divisor);
  if (divisor > 1) for (let at = order; at < count; at++) values[at] = (values[at] ?? 0) / divisor;
  const { base, width, most } = frame(values, order, count);
  writer.zigzag(base);
  writer.byte(width);
  writeExceptions(writer, values, order, count, base, most);
  writeBits(writer, values, order, count, width);
}

/** Reads what `writeWholeNumbers` wrote into a column. */
export function readWholeNumbers(reader: ByteReader, values: Float64Array, count: number): void {
  const order = reader.byte();
  if (order > 2 || order > count) throw new DamageError(`differences of order ${order}`);
  const firsts = Array.from({ length: order }, () => reader.zigzag());
  const divisor = reader.varint();
  const base = reader.zigzag();
  const width = reader.byte();
  if (width > 53) throw new DamageError(`numbers of ${width} bits`);
  const exceptions = readExceptions(reader);
  readBits(reader, values, order, count, width);
  for (let at = order; at < count; at++) values[at] = ((values[at] ?? 0) + base) * divisor;
  for (const { place, value } of exceptions) {
    if (order + place >= count) throw new DamageError('an exception behind the last sample');
    values[order + place] = value * divisor;
  }
  for (let level = order - 1; level >= 0; level--) sum(values, count, level, firsts[level] ?? 0);
}

/** Replaces values by their differences from `level + 1` on; returns the first one, which then stands for nothing. */
function difference(values: Float64Array, count: number, level: number): number {
  for (let at = count - 1; at > level; at--) values[at] = (values[at] ?? 0) - (values[at - 1] ?? 0);
  return values[level] ?? 0;
}

/** Undoes `difference`. */
function sum(values: Float64Array, count: number, level: number, first: number): void {
  let value = first;
  values[level] = value;
  for (let at = level + 1; at < count; at++) {
    value += values[at] ?? 0;
    values[at] = value;
  }
}

/** Told by the sum of the bits that each number needs: an outlier weighs no more than its own. */
function cheapestOrder(values: Float64Array, count: number): Order {
  const bits = [0, 0, 0];
  const base = values[0] ?? 0;
  let before = base;
  let slope = 0;
  for (let at = 1; at < count; at++) {
    const value = values[at] ?? 0;
    const change = value - before;
    for (const [order, number] of [value - base, change, change - slope].entries())
      bits[order] = (bits[order] ?? 0) + bitsOf(Math.abs(number));
    before = value;
    slope = change;
  }
  const least = Math.min(...bits);
  return ORDERS.find((order) => bits[order] === least && order <= count) ?? 0;
}

function commonDivisor(values: Float64Array, from: number, count: number): number {
  let divisor = 0;
  for (let at = from; at < count && divisor !== 1; at++) {
    let [a, b] = [divisor, Math.abs(values[at] ?? 0)];
    while (b !== 0) [a, b] = [b, a % b];
    divisor = a;
  }
  return divisor === 0 ? 1 : divisor;
}

/** The base and width that cost least, and the greatest number above the base that fits. */
function frame(
  values: Float64Array,
  from: number,
  count: number,
): { base: number; width: number; most: number } {
  const sorted = values.slice(from, count).sort();
  const size = sorted.length;
  let best = { base: 0, width: 0, most: 0 };
  let least = Number.POSITIVE_INFINITY;
  for (const low of TRIMS)
    for (const high of TRIMS) {
      if (low + high >= size && size > 0) continue;
      const base = sorted[low] ?? 0;
      const width = bitsOf((sorted[size - 1 - high] ?? 0) - base);
      const cost = width * size + (low + high) * EXCEPTION_BITS;
      if (cost >= least) continue;
      least = cost;
      best = { base, width, most: 2 ** width - 1 };
    }
  return best;
}

/** Writes what does not fit, and leaves the rest above the base. */
function writeExceptions(
  writer: ByteWriter,
  values: Float64Array,
  from: number,
  count: number,
  base: number,
  most: number,
): void {
  const places: number[] = [];
  for (let at = from; at < count; at++) {
    const above = (values[at] ?? 0) - base;
    if (above < 0 || above > most) places.push(at);
    else values[at] = above;
  }
  writer.varint(places.length);
  let before = from;
  for (const at of places) {
    writer.varint(at - before);
    writer.zigzag(values[at] ?? 0);
    values[at] = 0;
    before = at;
  }
}

function readExceptions(reader: ByteReader): { place: number; value: number }[] {
  let place = 0;
  const exceptions: { place: number; value: number }[] = [];
  for (let left = reader.varint(); left > 0; left--) {
    place += reader.varint();
    exceptions.push({ place, value: reader.zigzag() });
  }
  return exceptions;
}
