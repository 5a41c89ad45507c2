import { compareUtf8, type Labels } from '@vigie/series';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { checksum } from '../bytes/crc.ts';
import type { Page } from './pages.ts';

export const INDEX_MAGIC = Uint8Array.from([...new TextEncoder().encode('VIGIEIDX'), 1]);

/** The sections in their order; the table of contents has offset and length of each. */
export const SECTIONS = ['symbols', 'series', 'seriesOffsets', 'postings', 'postingTable', 'pages'] as const;
export type Section = (typeof SECTIONS)[number];

/** Bytes of the table of contents: offset, length and checksum of each section, and its own checksum. */
export const CONTENTS_BYTES = SECTIONS.length * 12 + 4;

/** Numbers of one entry of the table of postings: project, name and value symbol, offset. */
export const POSTING_NUMBERS = 4;

/** Numbers of one entry of the table of pages: place (low and high half), length, plain length, checksum. */
export const PAGE_NUMBERS = 5;

/** Where a chunk of a series is. */
export interface ChunkPlace {
  readonly page: number;
  readonly at: number;
  readonly length: number;
  readonly first: number;
  readonly last: number;
}

export interface IndexedSeries {
  readonly project: string;
  readonly labels: Labels;
  readonly chunks: readonly ChunkPlace[];
}

/**
 * Makes the index of a block.
 * @param all sorted by project and labels.
 */
export function encodeIndex(all: readonly IndexedSeries[], pages: readonly Page[]): Uint8Array {
  const symbols = new Symbols(all);
  const series = seriesSection(all, symbols);
  const postings = postingSections(all, symbols);
  const sections: Record<Section, Uint8Array> = {
    symbols: symbols.section(),
    series: series.bytes,
    seriesOffsets: numbers(series.offsets),
    postings: postings.lists,
    postingTable: numbers(postings.table),
    pages: numbers(
      pages.flatMap((page) => [
        page.at % 2 ** 32,
        Math.floor(page.at / 2 ** 32),
        page.length,
        page.plainLength,
        page.checksum,
      ]),
    ),
  };
  return joined(sections);
}

/** Every text once, numbered in the order of its bytes. */
class Symbols {
  readonly #texts: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(all: readonly IndexedSeries[]) {
    const texts = new Set<string>();
    for (const { project, labels } of all) {
      texts.add(project);
      for (const text of labels.pairs) texts.add(text);
    }
    this.#texts = [...texts].sort(compareUtf8);
    this.#numbers = new Map(this.#texts.map((text, number) => [text, number]));
  }

  of(text: string): number {
    return this.#numbers.get(text) ?? 0;
  }

  /** The offset of each text and of the end, then the texts. */
  section(): Uint8Array {
    const writer = new ByteWriter(1_024);
    const encoder = new TextEncoder();
    const bytes = this.#texts.map((text) => encoder.encode(text));
    let at = 4 * (bytes.length + 1);
    for (const { length } of bytes) {
      writer.uint32(at);
      at += length;
    }
    writer.uint32(at);
    for (const each of bytes) writer.raw(each);
    return writer.copy();
  }
}

function seriesSection(
  all: readonly IndexedSeries[],
  symbols: Symbols,
): { bytes: Uint8Array; offsets: number[] } {
  const writer = new ByteWriter(4_096);
  const offsets: number[] = [];
  for (const { project, labels, chunks } of all) {
    offsets.push(writer.length);
    writer.varint(symbols.of(project));
    writer.varint(labels.size);
    for (const text of labels.pairs) writer.varint(symbols.of(text));
    writer.varint(chunks.length);
    for (const { page, at, length, first, last } of chunks) {
      for (const number of [page, at, length]) writer.varint(number);
      writer.zigzag(first);
      writer.varint(last - first);
    }
  }
  return { bytes: writer.copy(), offsets };
}

function postingSections(
  all: readonly IndexedSeries[],
  symbols: Symbols,
): { lists: Uint8Array; table: number[] } {
  // Project, then name, then value, as numbers: nested maps keep lists apart without making keys of text.
  const projects = new Map<number, Map<number, Map<number, number[]>>>();
  for (const [number, { project, labels }] of all.entries())
    for (const [name, value] of labels.entries()) {
      const names = within(projects, symbols.of(project), () => new Map<number, Map<number, number[]>>());
      const values = within(names, symbols.of(name), () => new Map<number, number[]>());
      within(values, symbols.of(value), () => []).push(number);
    }
  const writer = new ByteWriter(4_096);
  const table: number[] = [];
  for (const [project, names] of sorted(projects))
    for (const [name, values] of sorted(names))
      for (const [value, list] of sorted(values)) {
        table.push(project, name, value, writer.length);
        writer.varint(list.length);
        let before = 0;
        for (const number of list) {
          writer.varint(number - before);
          before = number;
        }
      }
  return { lists: writer.copy(), table };
}

function within<V>(map: Map<number, V>, key: number, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function sorted<V>(map: ReadonlyMap<number, V>): [number, V][] {
  return [...map].sort(([a], [b]) => a - b);
}

function numbers(list: readonly number[]): Uint8Array {
  const writer = new ByteWriter(4 * list.length + 4);
  for (const number of list) writer.uint32(number);
  return writer.copy();
}

function joined(sections: Record<Section, Uint8Array>): Uint8Array {
  const writer = new ByteWriter(4_096);
  writer.raw(INDEX_MAGIC);
  const contents = new ByteWriter(CONTENTS_BYTES);
  for (const section of SECTIONS) {
    const bytes = sections[section];
    contents.uint32(writer.length);
    contents.uint32(bytes.length);
    contents.uint32(checksum(bytes));
    writer.raw(bytes);
  }
  contents.uint32(checksum(contents.written));
  writer.raw(contents.written);
  return writer.copy();
}
