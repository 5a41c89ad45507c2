import type { Matcher } from '@vigie/series';
import { compareUtf8, Labels } from '@vigie/series';
import { ByteReader, DamageError } from '../bytes/byte-reader.ts';
import { checksum } from '../bytes/crc.ts';
import { type PostingSource, selectSeries } from '../index/select.ts';
import {
  type ChunkPlace,
  CONTENTS_BYTES,
  INDEX_MAGIC,
  PAGE_NUMBERS,
  POSTING_NUMBERS,
  SECTIONS,
  type Section,
} from './index-writer.ts';
import type { Page } from './pages.ts';

const TEXT = new TextDecoder('utf-8', { ignoreBOM: true });

/** The index of a block, read where its bytes lie: nothing of it is parsed before it is asked for. */
export class BlockIndex {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #sections: Record<Section, { from: number; length: number }>;

  /** @throws {DamageError} when a checksum is wrong. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#sections = readContents(bytes, this.#view);
  }

  /** The number of series; they are numbered from 0 in the order of project and labels. */
  get size(): number {
    return this.#sections.seriesOffsets.length / 4;
  }

  /** The series of a project that fit all matchers, rising. */
  select(project: string, matchers: readonly Matcher[]): Uint32Array {
    const source = this.project(project);
    return source === null ? new Uint32Array(0) : selectSeries(source, matchers);
  }

  /** The lists of one project; null when it has no series here. */
  project(project: string): ProjectPostings | null {
    const symbol = this.#symbolOf(project);
    if (symbol === null) return null;
    const postings = new ProjectPostings(this, symbol);
    return postings.size === 0 ? null : postings;
  }

  /** Project, labels and chunks of a series. */
  series(number: number): { project: string; labels: Labels; chunks: ChunkPlace[] } {
    const reader = this.#seriesReader(number);
    const project = this.symbol(reader.varint());
    const labels = this.#readLabels(reader);
    const chunks = Array.from({ length: reader.varint() }, () => readPlace(reader));
    return { project, labels, chunks };
  }

  labels(number: number): Labels {
    const reader = this.#seriesReader(number);
    reader.varint();
    return this.#readLabels(reader);
  }

  page(number: number): Page {
    const from = this.#sections.pages.from + 4 * PAGE_NUMBERS * number;
    const [low = 0, high = 0, length = 0, plainLength = 0, sum = 0] = Array.from(
      { length: PAGE_NUMBERS },
      (_, at) => this.#view.getUint32(from + 4 * at, true),
    );
    return { at: high * 2 ** 32 + low, length, plainLength, checksum: sum };
  }

  /** The number of the text that is a series' project. */
  projectOf(number: number): number {
    return this.#seriesReader(number).varint();
  }

  /** A text by its number. */
  symbol(number: number): string {
    const { from } = this.#sections.symbols;
    const at = this.#view.getUint32(from + 4 * number, true);
    const end = this.#view.getUint32(from + 4 * number + 4, true);
    // Copied: a decoder does not read from shared memory.
    return TEXT.decode(this.#bytes.slice(from + at, from + end));
  }

  /** The number of entries in the table of postings. */
  get postingCount(): number {
    return this.#sections.postingTable.length / (4 * POSTING_NUMBERS);
  }

  /** A number of an entry of the table: 0 project, 1 name, 2 value, 3 offset. */
  postingNumber(entry: number, which: number): number {
    return this.#view.getUint32(
      this.#sections.postingTable.from + 4 * (entry * POSTING_NUMBERS + which),
      true,
    );
  }

  /** How many series an entry of the table has. */
  postingLength(entry: number): number {
    return this.#postingReader(entry).varint();
  }

  /** The series of an entry of the table. */
  posting(entry: number): Uint32Array {
    const reader = this.#postingReader(entry);
    const list = new Uint32Array(reader.varint());
    let number = 0;
    for (let at = 0; at < list.length; at++) {
      number += reader.varint();
      list[at] = number;
    }
    return list;
  }

  /** The first entry that does not come before project, name and value. */
  findPosting(project: number, name: number, value: number): number {
    return firstWhere(this.postingCount, (entry) => {
      const order =
        this.postingNumber(entry, 0) - project ||
        this.postingNumber(entry, 1) - name ||
        this.postingNumber(entry, 2) - value;
      return order >= 0;
    });
  }

  /** The number of a text, or null. */
  symbolOf(text: string): number | null {
    return this.#symbolOf(text);
  }

  #symbolOf(text: string): number | null {
    const count = this.#view.getUint32(this.#sections.symbols.from, true) / 4 - 1;
    const number = firstWhere(count, (at) => compareUtf8(this.symbol(at), text) >= 0);
    return number < count && this.symbol(number) === text ? number : null;
  }

  #seriesReader(number: number): ByteReader {
    const { from, length } = this.#sections.series;
    const at = this.#view.getUint32(this.#sections.seriesOffsets.from + 4 * number, true);
    return new ByteReader(this.#bytes, from + at, from + length);
  }

  #postingReader(entry: number): ByteReader {
    const { from, length } = this.#sections.postings;
    return new ByteReader(this.#bytes, from + this.postingNumber(entry, 3), from + length);
  }

  #readLabels(reader: ByteReader): Labels {
    return Labels.fromSorted(Array.from({ length: 2 * reader.varint() }, () => this.symbol(reader.varint())));
  }
}

/** The lists of one project in a block. */
export class ProjectPostings implements PostingSource {
  readonly #index: BlockIndex;
  readonly #project: number;
  readonly #from: number;
  readonly #end: number;
  #all: Uint32Array | null = null;

  constructor(index: BlockIndex, project: number) {
    this.#index = index;
    this.#project = project;
    this.#from = index.findPosting(project, 0, 0);
    this.#end = index.findPosting(project + 1, 0, 0);
  }

  get size(): number {
    return this.all().length;
  }

  all(): Uint32Array {
    this.#all ??= this.#range();
    return this.#all;
  }

  countOf(name: string, value: string): number {
    const entry = this.#entry(name, value);
    return entry === null ? 0 : this.#index.postingLength(entry);
  }

  withValue(name: string, value: string): Uint32Array {
    const entry = this.#entry(name, value);
    return entry === null ? new Uint32Array(0) : this.#index.posting(entry);
  }

  lists(name: string, wanted: (value: string) => boolean): Uint32Array[] {
    const lists: Uint32Array[] = [];
    for (const entry of this.#entriesOf(name))
      if (wanted(this.#index.symbol(this.#index.postingNumber(entry, 2))))
        lists.push(this.#index.posting(entry));
    return lists;
  }

  labelsOf(number: number): Labels {
    return this.#index.labels(number);
  }

  /** The label names in use, sorted. */
  names(): string[] {
    const names: string[] = [];
    for (let entry = this.#from; entry < this.#end; ) {
      const name = this.#index.postingNumber(entry, 1);
      names.push(this.#index.symbol(name));
      entry = this.#index.findPosting(this.#project, name + 1, 0);
    }
    return names;
  }

  /** The values that a label has, sorted. */
  values(name: string): string[] {
    return Array.from(this.#entriesOf(name), (entry) =>
      this.#index.symbol(this.#index.postingNumber(entry, 2)),
    );
  }

  *#entriesOf(name: string): Generator<number> {
    const symbol = this.#index.symbolOf(name);
    if (symbol === null) return;
    const end = this.#index.findPosting(this.#project, symbol + 1, 0);
    for (let entry = this.#index.findPosting(this.#project, symbol, 0); entry < end; entry++) yield entry;
  }

  #entry(name: string, value: string): number | null {
    const [nameSymbol, valueSymbol] = [this.#index.symbolOf(name), this.#index.symbolOf(value)];
    if (nameSymbol === null || valueSymbol === null) return null;
    const entry = this.#index.findPosting(this.#project, nameSymbol, valueSymbol);
    const found =
      entry < this.#end &&
      this.#index.postingNumber(entry, 1) === nameSymbol &&
      this.#index.postingNumber(entry, 2) === valueSymbol;
    return found ? entry : null;
  }

  /** Series stand in the order of their projects' symbols. */
  #range(): Uint32Array {
    const { size } = this.#index;
    const from = firstWhere(size, (number) => this.#index.projectOf(number) >= this.#project);
    const end = firstWhere(size, (number) => this.#index.projectOf(number) > this.#project);
    return Uint32Array.from({ length: end - from }, (_, at) => from + at);
  }
}

function readPlace(reader: ByteReader): ChunkPlace {
  const [page, at, length, first] = [reader.varint(), reader.varint(), reader.varint(), reader.zigzag()];
  return { page, at, length, first, last: first + reader.varint() };
}

function readContents(bytes: Uint8Array, view: DataView): Record<Section, { from: number; length: number }> {
  const from = bytes.length - CONTENTS_BYTES;
  if (from < INDEX_MAGIC.length || !INDEX_MAGIC.every((byte, at) => bytes[at] === byte))
    throw new DamageError('no index of a block');
  if (checksum(bytes.subarray(from, -4)) !== view.getUint32(bytes.length - 4, true))
    throw new DamageError('the table of contents is damaged');
  const entries = SECTIONS.map((section, at) => {
    const [start, length, sum] = [0, 4, 8].map((field) => view.getUint32(from + 12 * at + field, true));
    if (
      start === undefined ||
      length === undefined ||
      checksum(bytes.subarray(start, start + length)) !== sum
    )
      throw new DamageError(`the section ${section} is damaged`);
    return [section, { from: start, length }] as const;
  });
  return Object.fromEntries(entries) as Record<Section, { from: number; length: number }>;
}

/** The first number below `count` of which `is` says so, where it does of all behind it; `count` when there is none. */
function firstWhere(count: number, is: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
