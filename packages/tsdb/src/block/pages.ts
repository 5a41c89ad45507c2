import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { DamageError } from '../bytes/byte-reader.ts';
import { checksum } from '../bytes/crc.ts';
import type { AppendFile, Folder } from '../folder.ts';

export const CHUNKS_MAGIC = Uint8Array.from([...new TextEncoder().encode('VIGIECHU'), 1]);

/** A page is compressed when it has grown to this. */
const PAGE_BYTES = 256 * 1024;

/** Pages longer than this are damage: a chunk is far shorter than what is missing to it. */
const MOST_PAGE_BYTES = 16 * 1024 * 1024;

/** Level 3 takes a third of the time of level 9 and gives one byte in a hundred away. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** Where a page lies in the file of chunks. */
export interface Page {
  readonly at: number;
  readonly length: number;
  readonly plainLength: number;
  readonly checksum: number;
}

/** Writes chunks one after another into pages. */
export class PageWriter {
  readonly pages: Page[] = [];
  readonly #file: AppendFile;
  #plain = new Uint8Array(2 * PAGE_BYTES);
  #filled = 0;

  constructor(file: AppendFile) {
    this.#file = file;
    file.write(CHUNKS_MAGIC);
  }

  /** @returns the page and the place in it where the chunk will be found. */
  add(chunk: Uint8Array): { page: number; at: number } {
    if (this.#filled >= PAGE_BYTES) this.#end();
    const at = this.#filled;
    if (at + chunk.length > this.#plain.length) {
      const grown = new Uint8Array(at + 2 * chunk.length);
      grown.set(this.#plain.subarray(0, at));
      this.#plain = grown;
    }
    this.#plain.set(chunk, at);
    this.#filled += chunk.length;
    return { page: this.pages.length, at };
  }

  /** Writes the last page, and returns when all are on the disk. */
  finish(): void {
    if (this.#filled > 0) this.#end();
    this.#file.sync();
  }

  #end(): void {
    const compressed = zstdCompressSync(this.#plain.subarray(0, this.#filled), LEVEL);
    this.pages.push({
      at: this.#file.size,
      length: compressed.length,
      plainLength: this.#filled,
      checksum: checksum(compressed),
    });
    this.#file.write(compressed);
    this.#filled = 0;
  }
}

/**
 * Reads a page.
 * @throws {DamageError} when it is not what was written.
 */
export function readPage(folder: Folder, name: string, page: Page): Uint8Array {
  const compressed = folder.readRange(name, page.at, page.length);
  if (compressed.length !== page.length || checksum(compressed) !== page.checksum)
    throw new DamageError(`${name}: the page at ${page.at} is damaged`);
  return zstdDecompressSync(compressed, { maxOutputLength: Math.min(page.plainLength, MOST_PAGE_BYTES) });
}
