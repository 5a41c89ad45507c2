import { encodeChunk } from '../chunk/chunk.ts';
import type { Head } from '../head/head.ts';
import { SampleColumns } from '../sample-columns.ts';
import type { BlockWriter } from './block-writer.ts';
import { order } from './merge-blocks.ts';

/** Samples of one chunk in a block: two hours at a sample every 15 s. */
const BLOCK_CHUNK_SAMPLES = 480;

/** Samples that one step writes: some milliseconds. */
const STEP_SAMPLES = 50_000;

/** Takes out what was deleted of a series. */
export type LeaveOut = (
  series: { project: string; labels: Parameters<BlockWriter['add']>[1] },
  samples: SampleColumns,
) => void;

/**
 * Writes what the head has of a time into a block: each series' samples in as few chunks as may be.
 * @param from the first time, included.
 * @param until the time behind the last.
 */
export function* cutHead(
  head: Head,
  writer: BlockWriter,
  from: number,
  until: number,
  leaveOut: LeaveOut,
): Generator<void> {
  const samples = new SampleColumns(BLOCK_CHUNK_SAMPLES);
  let left = STEP_SAMPLES;
  for (const series of [...head.table.all()].sort(order)) {
    samples.clear();
    head.read(series, samples, from - 1, until - 1);
    leaveOut(series, samples);
    writer.add(series.project, series.labels, chunksOf(samples));
    left -= samples.count + 100;
    if (left > 0) continue;
    left = STEP_SAMPLES;
    yield;
  }
}

/** Encodes columns, each chunk of one kind and of bounded length. */
export function* chunksOf(samples: SampleColumns): Generator<Uint8Array> {
  for (let from = 0; from < samples.count; ) {
    const part = samples.part(from, BLOCK_CHUNK_SAMPLES);
    yield encodeChunk(part);
    from += part.count;
  }
}
