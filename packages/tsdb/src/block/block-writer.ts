import type { Labels } from '@vigie/series';
import { readChunkHead } from '../chunk/chunk.ts';
import type { Folder } from '../folder.ts';
import { type ChunkPlace, encodeIndex, type IndexedSeries } from './index-writer.ts';
import type { BlockMeta } from './meta.ts';
import { PageWriter } from './pages.ts';

/** Below this all blocks lie, each in a folder of its id. */
export const BLOCKS = 'blocks/';

/**
 * Writes a block: series one after another, then the index, then `meta.json`, without which nothing of it counts.
 */
export class BlockWriter {
  readonly #folder: Folder;
  readonly #prefix: string;
  readonly #id: string;
  readonly #file: ReturnType<Folder['append']>;
  readonly #pages: PageWriter;
  readonly #series: IndexedSeries[] = [];
  #open = true;
  #samples = 0;
  #chunks = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /** @param id of a block that is not there. */
  constructor(folder: Folder, id: string) {
    this.#folder = folder;
    this.#id = id;
    this.#prefix = `${BLOCKS}${id}/`;
    folder.remove(this.#prefix);
    this.#file = folder.append(`${this.#prefix}chunks`);
    try {
      this.#pages = new PageWriter(this.#file);
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /**
   * Adds a series: behind all added before, by project and labels.
   * @param chunks times rising, none overlapping; none at all leaves the series out.
   */
  add(project: string, labels: Labels, chunks: Iterable<Uint8Array>): void {
    const places: ChunkPlace[] = [];
    for (const chunk of chunks) {
      const { count, first, last } = readChunkHead(chunk);
      places.push({ ...this.#pages.add(chunk), length: chunk.length, first, last });
      this.#samples += count;
      this.#first = Math.min(this.#first, first);
      this.#last = Math.max(this.#last, last);
    }
    this.#chunks += places.length;
    if (places.length > 0) this.#series.push({ project, labels, chunks: places });
  }

  /**
   * Ends the block: it is there, whole, when this returns.
   * @param sources the blocks it was made from.
   * @returns null when it has nothing, and is not there.
   */
  finish(sources: readonly string[] = []): BlockMeta | null {
    if (this.#series.length === 0) {
      this.abandon();
      return null;
    }
    this.#pages.finish();
    const index = encodeIndex(this.#series, this.#pages.pages);
    const meta: BlockMeta = {
      version: 1,
      id: this.#id,
      first: this.#first,
      last: this.#last,
      series: this.#series.length,
      samples: this.#samples,
      chunks: this.#chunks,
      bytes: index.length + this.#file.size,
      sources,
    };
    this.#close();
    this.#write('index', index);
    this.#write('meta.new', new TextEncoder().encode(JSON.stringify(meta, null, 2)));
    this.#folder.rename(`${this.#prefix}meta.new`, `${this.#prefix}meta.json`);
    return meta;
  }

  /** Removes what was written. */
  abandon(): void {
    this.#close();
    this.#folder.remove(this.#prefix);
  }

  #close(): void {
    if (this.#open) this.#file[Symbol.dispose]();
    this.#open = false;
  }

  #write(name: string, bytes: Uint8Array): void {
    using file = this.#folder.append(this.#prefix + name);
    file.write(bytes);
    file.sync();
  }
}
