import { compareUtf8, type Labels, type Matcher } from '@vigie/series';
import type { Block } from './block/block.ts';
import { Blocks } from './block/blocks.ts';
import { Deletions, leaveOut } from './deletions.ts';
import type { Folder } from './folder.ts';
import { Head, type HeadOptions } from './head/head.ts';
import type { HeadSeries } from './head/head-series.ts';
import type { Damage } from './log/segment.ts';
import { SampleColumns } from './sample-columns.ts';
import { Upkeep } from './upkeep.ts';

/** How long and how much is kept. Times are milliseconds; null means without end. */
export interface StoreOptions {
  readonly head: Partial<HeadOptions>;
  readonly retention: number | null;
  readonly retentionBytes: number | null;
  /** Bytes of plain pages of blocks that are kept in memory. */
  readonly pageBytes: number;
}

/** Source of the retention: Prometheus keeps 15 days. */
export const DEFAULT_STORE_OPTIONS: StoreOptions = {
  head: {},
  retention: 15 * 24 * 3_600_000,
  retentionBytes: null,
  pageBytes: 64 * 1024 * 1024,
};

/** A series of a selection, with what it has of the selection's time. */
export interface SelectedSeries {
  readonly labels: Labels;
  /** Its samples, stale markers among them: valid until the next series of the same selection is read. */
  read(): SampleColumns;
}

/** A store of series: the newest hours in its head, older ones in blocks. */
export class Store implements Disposable {
  readonly head: Head;
  readonly blocks: Blocks;
  /** What could not be read at the start: all else is there. */
  readonly damages: readonly Damage[];
  readonly #deletions: Deletions;
  readonly #upkeep: Upkeep;

  /** Opens what a folder holds, or a new store. What could not be read is in `damages`. */
  constructor(folder: Folder, options: Partial<StoreOptions> = {}) {
    const settings = { ...DEFAULT_STORE_OPTIONS, ...options };
    this.blocks = new Blocks(folder, settings.pageBytes);
    this.#deletions = new Deletions(folder);
    this.head = new Head(folder, settings.head, this.blocks.last + 1);
    const { damage } = this.#deletions;
    this.damages = [...this.blocks.damages, ...(damage === null ? [] : [damage]), ...this.head.damages];
    this.#upkeep = new Upkeep(folder, this.head, this.blocks, this.#deletions, settings);
  }

  /**
   * Does a piece of the work behind the scenes: the log kept short, blocks cut, merged and removed. Some milliseconds at a
   * time, to be called now and then.
   * @returns whether there is more to do now.
   */
  maintain(): boolean {
    return this.#upkeep.step();
  }

  /** The series of a project that fit all matchers and may have samples with `after < time <= until`. */
  select(project: string, matchers: readonly Matcher[], after: number, until: number): SelectedSeries[] {
    const found = new Map<string, Found>();
    for (const block of this.blocks.covering(after, until))
      for (const number of block.select(project, matchers))
        this.#found(found, block.index.labels(number)).blocks.push({ block, number });
    for (const series of this.head.select(project, matchers)) this.#found(found, series.labels).head = series;
    const into = new SampleColumns(512);
    return Array.from(found.values(), (each) => ({
      labels: each.labels,
      read: () => this.#read(project, each, into, after, until),
    }));
  }

  /** The label names of a project's series between two times, sorted; of those that fit, when there are matchers. */
  labelNames(project: string, matchers: readonly Matcher[], after: number, until: number): string[] {
    const names = new Set<string>();
    if (matchers.length > 0)
      for (const { labels } of this.select(project, matchers, after, until))
        for (const [name] of labels.entries()) names.add(name);
    else
      for (const source of this.#sources(project, after, until))
        for (const name of source.names()) names.add(name);
    return [...names].sort(compareUtf8);
  }

  /** The values of a label, as `labelNames`. */
  labelValues(
    project: string,
    name: string,
    matchers: readonly Matcher[],
    after: number,
    until: number,
  ): string[] {
    const values = new Set<string>();
    if (matchers.length > 0)
      for (const { labels } of this.select(project, matchers, after, until)) values.add(labels.get(name));
    else
      for (const source of this.#sources(project, after, until))
        for (const value of source.values(name)) values.add(value);
    values.delete('');
    return [...values].sort(compareUtf8);
  }

  /**
   * Deletes the samples of series that fit, from a time to a time, both included; what comes later is not touched.
   * @throws {RangeError} when too many deletions wait to be cleaned up.
   */
  delete(project: string, matchers: readonly Matcher[], from: number, until: number): void {
    const newest = Math.max(this.head.table.newest(project), this.blocks.last);
    const oldest = Math.min(...this.blocks.all.map(({ meta }) => meta.first), this.#upkeep.oldest(), newest);
    const deletion = { project, matchers, from: Math.max(from, oldest), until: Math.min(until, newest) };
    if (Number.isFinite(oldest) && deletion.from <= deletion.until) this.#deletions.add(deletion);
  }

  [Symbol.dispose](): void {
    this.#upkeep[Symbol.dispose]();
    this.head[Symbol.dispose]();
  }

  #found(found: Map<string, Found>, labels: Labels): Found {
    const known = found.get(labels.key);
    if (known !== undefined) return known;
    const made: Found = { labels, blocks: [], head: null };
    found.set(labels.key, made);
    return made;
  }

  #read(
    project: string,
    { labels, blocks, head }: Found,
    into: SampleColumns,
    after: number,
    until: number,
  ): SampleColumns {
    into.clear();
    for (const { block, number } of blocks) block.read(number, into, after, until);
    if (head !== null) {
      const own = blocks.length === 0 ? into : new SampleColumns(128);
      this.head.read(head, own, after, until);
      // While a block is cut and not yet forgotten by the head, both have it.
      if (own !== into)
        for (let at = 0; at < own.count; at++)
          if (into.count === 0 || (own.timestamps[at] ?? 0) > (into.timestamps[into.count - 1] ?? 0))
            into.copy(own, at);
    }
    leaveOut(into, this.#deletions.of(project, labels));
    return into;
  }

  #sources(
    project: string,
    after: number,
    until: number,
  ): { names(): string[]; values(name: string): string[] }[] {
    const blocks = this.blocks.covering(after, until).map((block) => block.index.project(project));
    return [...blocks, this.head.index(project)].filter((source) => source !== null);
  }
}

interface Found {
  readonly labels: Labels;
  readonly blocks: { readonly block: Block; readonly number: number }[];
  head: HeadSeries | null;
}
