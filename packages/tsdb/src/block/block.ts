import type { Labels, Matcher } from '@vigie/series';
import { readChunk } from '../chunk/chunk.ts';
import type { Folder } from '../folder.ts';
import type { SampleColumns } from '../sample-columns.ts';
import { BLOCKS } from './block-writer.ts';
import { BlockIndex } from './index-reader.ts';
import type { ChunkPlace } from './index-writer.ts';
import type { BlockMeta } from './meta.ts';
import type { PageCache } from './page-cache.ts';

/** A block that is read: its index is loaded with the first question, its pages when their chunks are. */
export class Block {
  readonly meta: BlockMeta;
  readonly #folder: Folder;
  readonly #pages: PageCache;
  #index: BlockIndex | null = null;

  constructor(folder: Folder, pages: PageCache, meta: BlockMeta) {
    this.#folder = folder;
    this.#pages = pages;
    this.meta = meta;
  }

  get index(): BlockIndex {
    this.#index ??= new BlockIndex(shared(this.#folder.read(`${BLOCKS}${this.meta.id}/index`)));
    return this.#index;
  }

  /** Whether it has samples with `after < time <= until`. */
  covers(after: number, until: number): boolean {
    return this.meta.last > after && this.meta.first <= until;
  }

  /** The numbers of a project's series that fit all matchers. */
  select(project: string, matchers: readonly Matcher[]): Uint32Array {
    return this.index.select(project, matchers);
  }

  /**
   * A chunk where it lies in its page, valid as long as the page is kept.
   * @throws {DamageError} when its page is damaged.
   */
  chunk({ page, at, length }: ChunkPlace): Uint8Array {
    const bytes = this.#pages.get(this.meta.id, page, this.index.page(page));
    return bytes.subarray(at, at + length);
  }

  /** Appends the samples of a series with `after < time <= until` to columns. */
  read(number: number, into: SampleColumns, after: number, until: number): void {
    for (const place of this.index.series(number).chunks)
      if (place.last > after && place.first <= until) readChunk(this.chunk(place), into, after, until);
  }

  /** Every series, in the order of project and labels. */
  *series(): Generator<{ project: string; labels: Labels; chunks: ChunkPlace[] }> {
    for (let number = 0; number < this.index.size; number++) yield this.index.series(number);
  }
}

/** Bytes in memory that other threads can read. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
