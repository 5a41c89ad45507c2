import type { Histogram, Labels } from '@vigie/series';
import type { SampleColumns } from '../sample-columns.ts';
import type { Slot } from './open-slots.ts';

/** One series of the head: what it is, its open chunk, and where its closed ones are. */
export interface HeadSeries {
  readonly ref: number;
  readonly project: string;
  readonly labels: Labels;
  /** The time of its newest sample, epoch milliseconds; -Infinity before the first. */
  lastTime: number;
  /** Floats of the open chunk, and how many. */
  slot: Slot | null;
  count: number;
  /** The time of the open chunk's first sample. */
  base: number;
  /** The open chunk instead of `slot` when the newest samples are histograms. */
  histograms: { times: number[]; values: Histogram[]; parts: number } | null;
  /** Samples that came behind later ones, times rising; null while there are none. */
  late: SampleColumns | null;
  /** Address, length, first and last time of each closed chunk, one after the other. */
  readonly chunks: number[];
  /** As `chunks`, of samples that came late: their times may lie within those of others. */
  lateChunks: number[] | null;
}

/** Numbers of one chunk in `chunks`. */
export const CHUNK_NUMBERS = 4;

export function newSeries(ref: number, project: string, labels: Labels): HeadSeries {
  return {
    ref,
    project,
    labels,
    lastTime: Number.NEGATIVE_INFINITY,
    slot: null,
    count: 0,
    base: 0,
    histograms: null,
    late: null,
    chunks: [],
    lateChunks: null,
  };
}
