import type { Folder } from '../folder.ts';
import type { Damage } from '../log/segment.ts';
import { Block } from './block.ts';
import { BLOCKS } from './block-writer.ts';
import type { BlockMeta } from './meta.ts';
import { PageCache } from './page-cache.ts';

/** The blocks of a folder, oldest first. */
export class Blocks {
  readonly #folder: Folder;
  readonly #pages: PageCache;
  /** What could not be read at the start. */
  readonly damages: readonly Damage[];
  #blocks: Block[];

  /**
   * Reads what blocks there are. A folder without its `meta.json` was never finished and is removed; so is a block
   * that another one was made from, which a crash left behind. One whose `meta.json` is damaged stays, unread.
   * @param pageBytes how much of plain pages is kept in memory.
   */
  constructor(folder: Folder, pageBytes: number) {
    this.#folder = folder;
    this.#pages = new PageCache(folder, pageBytes);
    const { metas, damages } = readMetas(folder);
    this.damages = damages;
    const replaced = new Set(metas.flatMap(({ sources }) => sources));
    const kept = metas.filter(({ id }) => !replaced.has(id));
    const damaged = damages.map(({ file }) => file.split('/')[1]);
    for (const id of idsIn(folder))
      if (!kept.some((meta) => meta.id === id) && !damaged.includes(id)) folder.remove(`${BLOCKS}${id}/`);
    this.#blocks = kept.map((meta) => new Block(folder, this.#pages, meta));
    this.#sort();
  }

  get all(): readonly Block[] {
    return this.#blocks;
  }

  /** Those that have samples with `after < time <= until`. */
  covering(after: number, until: number): Block[] {
    return this.#blocks.filter((block) => block.covers(after, until));
  }

  /** The end of what blocks have; -Infinity without any. */
  get last(): number {
    return Math.max(Number.NEGATIVE_INFINITY, ...this.#blocks.map(({ meta }) => meta.last));
  }

  /** Bytes on the disk. */
  get size(): number {
    return this.#blocks.reduce((sum, { meta }) => sum + meta.bytes, 0);
  }

  /**
   * Takes a block that was written, in the place of those it was made from.
   * @throws what the disk says; it has taken their place all the same, and the next start removes them.
   */
  add(meta: BlockMeta): void {
    // All of them at once: were one to stay when the disk fails, its samples would be read twice.
    this.#blocks = this.#blocks.filter((block) => !meta.sources.includes(block.meta.id));
    this.#blocks.push(new Block(this.#folder, this.#pages, meta));
    this.#sort();
    for (const id of meta.sources) this.#erase(id);
  }

  remove(id: string): void {
    this.#blocks = this.#blocks.filter(({ meta }) => meta.id !== id);
    this.#erase(id);
  }

  #erase(id: string): void {
    this.#pages.drop(id);
    // First what makes it a block: a crash in between leaves a folder that the next start removes.
    this.#folder.remove(`${BLOCKS}${id}/meta.json`);
    this.#folder.remove(`${BLOCKS}${id}/`);
  }

  #sort(): void {
    this.#blocks.sort((a, b) => a.meta.first - b.meta.first);
  }
}

function idsIn(folder: Folder): string[] {
  return [...new Set(folder.list(BLOCKS).map((name) => name.split('/')[0] ?? ''))];
}

function readMetas(folder: Folder): { metas: BlockMeta[]; damages: Damage[] } {
  const metas: BlockMeta[] = [];
  const damages: Damage[] = [];
  for (const name of folder.list(BLOCKS)) {
    if (!name.endsWith('/meta.json')) continue;
    const meta = readMeta(folder.read(BLOCKS + name));
    if (meta !== null) metas.push(meta);
    else damages.push({ file: BLOCKS + name, at: 0, reason: 'it does not describe a block' });
  }
  return { metas, damages };
}

function readMeta(bytes: Uint8Array): BlockMeta | null {
  try {
    const meta = JSON.parse(new TextDecoder().decode(bytes)) as BlockMeta;
    const numbers = [meta.first, meta.last, meta.bytes, Number(meta.id)];
    return numbers.every(Number.isFinite) && Array.isArray(meta.sources) ? meta : null;
  } catch {
    return null;
  }
}
