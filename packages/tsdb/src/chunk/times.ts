import { type ByteReader, DamageError } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';

/**
 * Writes times (whole milliseconds, rising) behind the first: the usual interval, then each deviation from it. Most
 * series are scraped regularly, so deviations are written as the few places that have one, unless most have.
 */
export function writeTimes(writer: ByteWriter, times: Float64Array, count: number): void {
  if (count < 2) return;
  const interval = usualInterval(times, count);
  writer.varint(interval);
  const places = deviations(times, count, interval);
  const sparse = places.length <= count / 2;
  writer.varint(sparse ? places.length + 1 : 0);
  let before = 0;
  for (const at of sparse ? places : Array.from({ length: count - 1 }, (_, index) => index + 1)) {
    if (sparse) writer.varint(at - before);
    writer.zigzag((times[at] ?? 0) - (times[at - 1] ?? 0) - interval);
    before = at;
  }
}

/** Reads what `writeTimes` wrote into a column. */
export function readTimes(reader: ByteReader, first: number, times: Float64Array, count: number): void {
  times[0] = first;
  if (count < 2) return;
  const interval = reader.varint();
  const places = reader.varint() - 1;
  if (places < 0) readEach(reader, interval, times, count);
  else readSparse(reader, interval, times, count, places);
}

function readEach(reader: ByteReader, interval: number, times: Float64Array, count: number): void {
  let time = times[0] ?? 0;
  for (let at = 1; at < count; at++) {
    time += interval + reader.zigzag();
    times[at] = time;
  }
}

function readSparse(
  reader: ByteReader,
  interval: number,
  times: Float64Array,
  count: number,
  places: number,
): void {
  let time = times[0] ?? 0;
  let at = 1;
  for (let place = 0; place <= places; place++) {
    const until = place < places ? at - 1 + reader.varint() : count;
    if (until > count || (until === count && place < places))
      throw new DamageError('a deviation behind the last sample');
    for (; at < until; at++) {
      time += interval;
      times[at] = time;
    }
    if (place === places) return;
    time += interval + reader.zigzag();
    times[at] = time;
    at += 1;
  }
}

/** The interval between most neighbours, guessed from the first ones. */
function usualInterval(times: Float64Array, count: number): number {
  const first = (times[1] ?? 0) - (times[0] ?? 0);
  const second = count > 2 ? (times[2] ?? 0) - (times[1] ?? 0) : first;
  const third = count > 3 ? (times[3] ?? 0) - (times[2] ?? 0) : first;
  return second === third ? second : first;
}

function deviations(times: Float64Array, count: number, interval: number): number[] {
  const places: number[] = [];
  for (let at = 1; at < count; at++)
    if ((times[at] ?? 0) - (times[at - 1] ?? 0) !== interval) places.push(at);
  return places;
}
