import type { Samples } from '@vigie/series';
import { type ByteReader, DamageError } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import type { SampleColumns } from '../sample-columns.ts';
import { fewestDecimals, powerOfTen, scaled } from './decimals.ts';
import { readExclusiveOr, writeExclusiveOr } from './exclusive-or.ts';
import { readWholeNumbers, writeWholeNumbers } from './whole-numbers.ts';

/** Floats that are no decimals (NaN, infinities, stale markers, -0, thirds) may be every eighth of a decimal chunk. */
const ODD_SHARE = 1 / 8;

/** Stands for "no decimals": exclusive or. */
const EXCLUSIVE_OR = 255;

let scratch = new Float64Array(512);

/** Writes the values of a chunk of floats. */
export function writeFloats(writer: ByteWriter, { values, count }: Samples): void {
  const decimals = fewestDecimals(values, count, Math.floor(count * ODD_SHARE));
  writer.byte(decimals ?? EXCLUSIVE_OR);
  if (decimals === undefined) writeExclusiveOr(writer, values, count);
  else writeDecimals(writer, values, count, powerOfTen(decimals));
}

/** Reads what `writeFloats` wrote into columns that have room for it. */
export function readFloats(reader: ByteReader, into: SampleColumns, from: number, count: number): void {
  const decimals = reader.byte();
  const values = into.values.subarray(from, from + count);
  if (decimals === EXCLUSIVE_OR) readExclusiveOr(reader, values, count);
  else readDecimals(reader, values, count, powerOfTen(decimals));
}

function writeDecimals(writer: ByteWriter, values: Float64Array, count: number, power: number): void {
  const wholes = room(count);
  const odd: number[] = [];
  let before = 0;
  for (let at = 0; at < count; at++) {
    const whole = scaled(values[at] ?? 0, power);
    if (whole === undefined) odd.push(at);
    else before = whole;
    wholes[at] = before;
  }
  writer.varint(odd.length);
  let place = 0;
  for (const at of odd) {
    writer.varint(at - place);
    writer.doubleBits(values, at);
    place = at;
  }
  writeWholeNumbers(writer, wholes, count);
}

function readDecimals(reader: ByteReader, values: Float64Array, count: number, power: number): void {
  const odd = readOdd(reader, count);
  readWholeNumbers(reader, values, count);
  if (power !== 1) for (let at = 0; at < count; at++) values[at] = (values[at] ?? 0) / power;
  const bits = new Uint8Array(values.buffer, values.byteOffset, 8 * count);
  for (const { at, bytes } of odd) bits.set(bytes, 8 * at);
}

function readOdd(reader: ByteReader, count: number): { at: number; bytes: Uint8Array }[] {
  const odd: { at: number; bytes: Uint8Array }[] = [];
  let at = 0;
  for (let left = reader.varint(); left > 0; left--) {
    at += reader.varint();
    if (at >= count) throw new DamageError('an odd value behind the last sample');
    odd.push({ at, bytes: reader.raw(8) });
  }
  return odd;
}

/** A column to compute in, until the next one is asked for. */
function room(count: number): Float64Array {
  if (scratch.length < count) scratch = new Float64Array(2 * count);
  return scratch;
}
