import type { Folder } from '../folder.ts';
import { BLOCKS } from './block-writer.ts';
import { type Page, readPage } from './pages.ts';

/** Plain pages that were read last, up to so many bytes. */
export class PageCache {
  readonly #folder: Folder;
  readonly #most: number;
  /** In the order of their use. */
  readonly #pages = new Map<string, Uint8Array>();
  #size = 0;

  constructor(folder: Folder, most: number) {
    this.#folder = folder;
    this.#most = most;
  }

  /** Bytes held. */
  get size(): number {
    return this.#size;
  }

  /** @throws {DamageError} when the page is damaged. */
  get(block: string, number: number, page: Page): Uint8Array {
    const key = `${block}/${number}`;
    const known = this.#pages.get(key);
    if (known !== undefined) {
      this.#pages.delete(key);
      this.#pages.set(key, known);
      return known;
    }
    const bytes = readPage(this.#folder, `${BLOCKS}${block}/chunks`, page);
    this.#pages.set(key, bytes);
    this.#size += bytes.length;
    this.#makeRoom();
    return bytes;
  }

  /** Forgets the pages of a block. */
  drop(block: string): void {
    for (const [key, bytes] of this.#pages)
      if (key.startsWith(`${block}/`)) {
        this.#pages.delete(key);
        this.#size -= bytes.length;
      }
  }

  /** The page that came last stays, however long it is. */
  #makeRoom(): void {
    for (const [key, bytes] of this.#pages) {
      if (this.#size <= this.#most || this.#pages.size === 1) return;
      this.#pages.delete(key);
      this.#size -= bytes.length;
    }
  }
}
