import { readChunk, readChunkHead } from '../chunk/chunk.ts';
import type { SampleColumns } from '../sample-columns.ts';
import { ChunkMemory } from './chunk-memory.ts';
import { CHUNK_NUMBERS, type HeadSeries } from './head-series.ts';

/** Keeps closed chunks in memory and finds those of a time. */
export class ClosedChunks {
  readonly memory = new ChunkMemory();

  /**
   * Takes a chunk of a series.
   * @param late whether its times may lie within those of other chunks.
   */
  add(series: HeadSeries, chunk: Uint8Array, late: boolean): void {
    const { first, last } = readChunkHead(chunk);
    const numbers = [this.memory.put(chunk), chunk.length, first, last];
    if (late) {
      series.lateChunks ??= [];
      series.lateChunks.push(...numbers);
    } else series.chunks.push(...numbers);
  }

  /** Appends the samples of chunks with `after < time <= until` to columns, in the order of the chunks. */
  read(chunks: readonly number[], into: SampleColumns, after: number, until: number): void {
    for (let at = 0; at < chunks.length; at += CHUNK_NUMBERS) {
      const [address = 0, length = 0, first = 0, last = 0] = chunks.slice(at, at + CHUNK_NUMBERS);
      if (last > after && first <= until) readChunk(this.memory.at(address, length), into, after, until);
    }
  }

  /** Forgets the newest chunk of a series. */
  dropLast(series: HeadSeries): void {
    const [address = 0] = series.chunks.splice(-CHUNK_NUMBERS);
    this.memory.free(address);
  }

  /** Forgets the chunks that end before a time. */
  dropBefore(series: HeadSeries, time: number): void {
    this.#drop(series.chunks, time);
    if (series.lateChunks !== null) this.#drop(series.lateChunks, time);
    if (series.lateChunks?.length === 0) series.lateChunks = null;
  }

  #drop(chunks: number[], time: number): void {
    for (let at = 0; at < chunks.length; ) {
      const [address = 0, , , last = 0] = chunks.slice(at, at + CHUNK_NUMBERS);
      if (last >= time) at += CHUNK_NUMBERS;
      else {
        this.memory.free(address);
        chunks.splice(at, CHUNK_NUMBERS);
      }
    }
  }
}
