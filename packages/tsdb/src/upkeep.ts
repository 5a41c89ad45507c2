import type { Block } from './block/block.ts';
import { BlockWriter } from './block/block-writer.ts';
import type { Blocks } from './block/blocks.ts';
import { chunksOf, cutHead } from './block/cut-head.ts';
import { mergeBlocks } from './block/merge-blocks.ts';
import type { BlockMeta } from './block/meta.ts';
import { readChunk } from './chunk/chunk.ts';
import { type Deletions, leaveOut } from './deletions.ts';
import type { Folder } from './folder.ts';
import type { Head } from './head/head.ts';
import { CHUNK_NUMBERS } from './head/head-series.ts';
import { BLOCK_MILLISECONDS } from './head/open-chunks.ts';
import { SampleColumns } from './sample-columns.ts';
import type { StoreOptions } from './store.ts';

/** The head is cut when it spans this much more than a block: samples that are late by less still find their place. */
const CUT_BEHIND = BLOCK_MILLISECONDS / 2;

/** So many blocks of one length become one of the next: 2 h, 6 h, 18 h, 54 h, ... */
const MERGED = 3;

/** Blocks grow to this at most. */
const LONGEST_BLOCK = 31 * 24 * 3_600_000;

/** How far samples go on before it is looked again whether there is something to do, milliseconds. */
const LOOK_EVERY = 60_000;

/** Blocks grow to a tenth of what is kept: whole blocks are removed. */
const RETENTION_SHARE = 0.1;

/** The work behind the scenes, one thing after another, in steps. */
export class Upkeep implements Disposable {
  readonly #folder: Folder;
  readonly #head: Head;
  readonly #blocks: Blocks;
  readonly #deletions: Deletions;
  readonly #options: StoreOptions;
  #running: Generator<void> | null = null;
  #lastId: number;
  /** The newest sample when there was nothing to do. */
  #looked = Number.NEGATIVE_INFINITY;

  constructor(folder: Folder, head: Head, blocks: Blocks, deletions: Deletions, options: StoreOptions) {
    this.#folder = folder;
    this.#head = head;
    this.#blocks = blocks;
    this.#deletions = deletions;
    this.#options = options;
    this.#lastId = Math.max(0, ...blocks.all.map(({ meta }) => Number(meta.id)));
  }

  /** The oldest time that the head has samples of; Infinity when it has none. */
  oldest(): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const { chunks, count, base, late, lateChunks } of this.#head.table.all()) {
      oldest = Math.min(oldest, chunks[2] ?? (count > 0 ? base : oldest), late?.timestamps[0] ?? oldest);
      for (let at = 2; lateChunks !== null && at < lateChunks.length; at += CHUNK_NUMBERS)
        oldest = Math.min(oldest, lateChunks[at] ?? oldest);
    }
    return oldest;
  }

  /**
   * Does a piece of what there is to do.
   * @returns whether there is more.
   * @throws what the disk says; it is begun anew later.
   */
  step(): boolean {
    let more = false;
    try {
      more = this.#head.maintain();
    } finally {
      // Even when the log finds no room: old blocks that are removed make some.
      more = this.#advance() || more;
    }
    return more;
  }

  #advance(): boolean {
    this.#running ??= this.#next();
    if (this.#running === null) return false;
    try {
      if (this.#running.next().done === true) this.#running = null;
    } catch (error) {
      this.#running = null;
      throw error;
    }
    return true;
  }

  [Symbol.dispose](): void {
    this.#running?.return(undefined);
  }

  #next(): Generator<void> | null {
    const newest = this.#newest();
    if (newest < this.#looked + LOOK_EVERY) return null;
    this.#retain(newest);
    const cut = this.#cutEnd(newest);
    if (cut !== null) return this.#cut(cut);
    const blocks = this.#mergeable();
    if (blocks !== null) return this.#merge(blocks);
    this.#looked = newest;
    return null;
  }

  /** The newest sample of all projects. */
  #newest(): number {
    const { table } = this.#head;
    let newest = Number.NEGATIVE_INFINITY;
    for (const project of table.projects()) newest = Math.max(newest, table.newest(project));
    return newest;
  }

  /** The end of the oldest span of the head that is to become a block. */
  #cutEnd(newest: number): number | null {
    // Samples that are too new for the clock do not count: a wrong clock must not push what is right out of the head.
    const now = Math.min(newest, this.#head.horizon);
    // A chunk of late samples goes as a whole when its last one may: until then its first ones are passed over.
    const oldest = Math.max(this.oldest(), this.#head.keptFrom);
    if (oldest === Number.POSITIVE_INFINITY) return null;
    const end = (Math.floor(oldest / BLOCK_MILLISECONDS) + 1) * BLOCK_MILLISECONDS;
    return now >= end + CUT_BEHIND ? end : null;
  }

  *#cut(until: number): Generator<void> {
    const from = Math.max(until - BLOCK_MILLISECONDS, this.#head.keptFrom);
    this.#head.beginCut(until);
    const meta = yield* this.#written([], (writer) =>
      cutHead(this.#head, writer, from, until, ({ project, labels }, samples) =>
        leaveOut(samples, this.#deletions.of(project, labels)),
      ),
    );
    if (meta !== null) this.#blocks.add(meta);
    this.#head.forgetBefore(until);
  }

  *#merge(blocks: readonly Block[]): Generator<void> {
    const sources = blocks.map(({ meta }) => meta.id);
    const meta = yield* this.#written(sources, (writer) =>
      mergeBlocks(blocks, writer, (project, labels, chunks) => {
        const intervals = this.#deletions.of(project, labels);
        return intervals.length === 0 ? chunks : withoutDeleted(chunks, intervals);
      }),
    );
    if (meta !== null) this.#blocks.add(meta);
    else for (const id of sources) this.#blocks.remove(id);
  }

  /** A block that is written, null when it has nothing. Unless it is written to its end, nothing of it is left. */
  *#written(
    sources: readonly string[],
    write: (writer: BlockWriter) => Generator<void>,
  ): Generator<void, BlockMeta | null> {
    const writer = this.#writer();
    let whole = false;
    try {
      yield* write(writer);
      const meta = writer.finish(sources);
      whole = true;
      return meta;
    } finally {
      if (!whole) writer.abandon();
    }
  }

  /** Three neighbours within one longer span that is over, the shortest first. */
  #mergeable(): Block[] | null {
    const { retention } = this.#options;
    const longest = Math.min(LONGEST_BLOCK, (retention ?? Number.POSITIVE_INFINITY) * RETENTION_SHARE);
    for (let length = BLOCK_MILLISECONDS * MERGED; length <= longest; length *= MERGED) {
      const spans = Map.groupBy(this.#blocks.all, ({ meta }) => Math.floor(meta.first / length));
      for (const [span, blocks] of spans) {
        const end = (span + 1) * length;
        const over = this.#blocks.last >= end;
        if (over && blocks.length > 1 && blocks.every(({ meta }) => meta.last < end)) return blocks;
      }
    }
    return null;
  }

  /** Removes whole blocks that are past what is kept. */
  #retain(newestSample: number): void {
    const { retention, retentionBytes } = this.#options;
    const newest = Math.max(this.#blocks.last, newestSample);
    const [...blocks] = this.#blocks.all;
    for (const { meta } of blocks) {
      const old = retention !== null && meta.last < newest - retention;
      const tooMuch = retentionBytes !== null && this.#blocks.size > retentionBytes;
      if (old || tooMuch) this.#blocks.remove(meta.id);
    }
    const oldest = Math.min(this.#blocks.all[0]?.meta.first ?? Number.POSITIVE_INFINITY, this.oldest());
    this.#deletions.forgetBefore(oldest);
  }

  #writer(): BlockWriter {
    this.#lastId += 1;
    return new BlockWriter(this.#folder, String(this.#lastId).padStart(8, '0'));
  }
}

function* withoutDeleted(
  chunks: readonly Uint8Array[],
  intervals: readonly (readonly [number, number])[],
): Generator<Uint8Array> {
  const samples = new SampleColumns(512);
  for (const chunk of chunks) readChunk(chunk, samples, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  leaveOut(samples, intervals);
  yield* chunksOf(samples);
}
