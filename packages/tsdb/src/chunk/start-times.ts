import { type ByteReader, DamageError } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';

/** Writes when the counters behind samples began: a counter begins rarely, so only changes are written. */
export function writeStartTimes(writer: ByteWriter, starts: Float64Array, count: number): void {
  const changes: number[] = [];
  for (let at = 0; at < count; at++) if (starts[at] !== (at === 0 ? 0 : starts[at - 1])) changes.push(at);
  writer.varint(changes.length);
  let place = 0;
  for (const at of changes) {
    writer.varint(at - place);
    writer.zigzag((starts[at] ?? 0) - (at === 0 ? 0 : (starts[at - 1] ?? 0)));
    place = at;
  }
}

/** Reads what `writeStartTimes` wrote into a column. */
export function readStartTimes(reader: ByteReader, starts: Float64Array, count: number): void {
  let start = 0;
  let from = 0;
  for (let left = reader.varint(); left > 0; left--) {
    const at = from + reader.varint();
    if (at >= count) throw new DamageError('a start behind the last sample');
    starts.fill(start, from, at);
    start += reader.zigzag();
    from = at;
  }
  starts.fill(start, from, count);
}
