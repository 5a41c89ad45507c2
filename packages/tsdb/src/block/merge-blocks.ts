import { compareUtf8, type Labels } from '@vigie/series';
import type { Block } from './block.ts';
import type { BlockWriter } from './block-writer.ts';
import type { ChunkPlace } from './index-writer.ts';

/** Series that one step writes: some milliseconds. */
const STEP_SERIES = 500;

interface Cursor {
  readonly block: Block;
  readonly series: Generator<{ project: string; labels: Labels; chunks: ChunkPlace[] }>;
  current: { project: string; labels: Labels; chunks: ChunkPlace[] } | null;
}

/**
 * Writes what several blocks have into one: chunks as they are, series in the order that all blocks have.
 * @param blocks in the order of their times, none overlapping.
 * @param rewrite may change the chunks of a series, as deletions do.
 */
export function* mergeBlocks(
  blocks: readonly Block[],
  writer: BlockWriter,
  rewrite: (project: string, labels: Labels, chunks: Uint8Array[]) => Iterable<Uint8Array>,
): Generator<void> {
  const cursors = blocks.map((block) => begun(block));
  for (let left = STEP_SERIES; ; left--) {
    const first = least(cursors);
    if (first === null) return;
    const { project, labels } = first;
    const chunks = cursors.flatMap((cursor) => taken(cursor, project, labels));
    writer.add(project, labels, rewrite(project, labels, chunks));
    if (left > 0) continue;
    left = STEP_SERIES;
    yield;
  }
}

function begun(block: Block): Cursor {
  const series = block.series();
  return { block, series, current: next(series) };
}

function next(series: Cursor['series']): Cursor['current'] {
  const { done, value } = series.next();
  return done === true ? null : value;
}

function least(cursors: readonly Cursor[]): Cursor['current'] {
  let first: Cursor['current'] = null;
  for (const { current } of cursors)
    if (current !== null && (first === null || order(current, first) < 0)) first = current;
  return first;
}

/** The chunks of a series if it is the next one of a block, which goes on then. */
function taken(cursor: Cursor, project: string, labels: Labels): Uint8Array[] {
  const { current } = cursor;
  if (current === null || order(current, { project, labels }) !== 0) return [];
  cursor.current = next(cursor.series);
  return current.chunks.map((place) => cursor.block.chunk(place));
}

/** Orders series as blocks have them. */
export function order(
  a: { readonly project: string; readonly labels: Labels },
  b: { readonly project: string; readonly labels: Labels },
): number {
  return compareUtf8(a.project, b.project) || a.labels.compare(b.labels);
}
