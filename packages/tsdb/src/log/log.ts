import type { Folder } from '../folder.ts';
import { FrameFile } from './frame-file.ts';
import { type Damage, LOG_MAGIC, readFrames } from './segment.ts';

const PREFIX = 'log/';

/** A segment is ended when it has grown to this. */
export const SEGMENT_BYTES = 64 * 1024 * 1024;

/** A name that sorts as its number. */
export function numbered(number: number): string {
  return String(number).padStart(8, '0');
}

/** The numbers of the files below a prefix, rising; names that are no numbers are passed over. */
export function numbersIn(folder: Folder, prefix: string): number[] {
  return folder
    .list(prefix)
    .filter((name) => /^\d{8,}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/**
 * The write-ahead log: segments of records, of which only the last is written to. A new log begins a new segment, so
 * that nothing is ever appended behind a record that a crash tore.
 */
export class Log implements Disposable {
  readonly #folder: Folder;
  #number: number;
  #file: FrameFile;

  /** @param behind a number that the segments' are behind: that of the checkpoint, which says which ones are read. */
  constructor(folder: Folder, behind: number) {
    this.#folder = folder;
    this.#number = Math.max(behind, numbersIn(folder, PREFIX).at(-1) ?? 0) + 1;
    this.#file = this.#open();
  }

  /** The segment that is written to. */
  get number(): number {
    return this.#number;
  }

  /** Whether the segment has its size. */
  get full(): boolean {
    return this.#file.size >= SEGMENT_BYTES;
  }

  /** Bytes that were added and are not written yet: they grow while the disk refuses to take them. */
  get pending(): number {
    return this.#file.pending;
  }

  /** Adds a record, to be written with the next `commit`. */
  add(body: Uint8Array): void {
    this.#file.add(body);
  }

  /**
   * Returns when every record added is on the disk.
   * @throws what the disk says; the records are kept and written with the next commit.
   */
  commit(): void {
    this.#file.sync();
  }

  /** Ends the segment and begins the next one; everything added has to be committed. */
  rotate(): void {
    this.#file.sync();
    const before = this.#file;
    this.#number += 1;
    this.#file = this.#open();
    before[Symbol.dispose]();
  }

  /** Removes the segments up to a number: what they say is kept elsewhere. */
  removeThrough(number: number): void {
    for (const each of numbersIn(this.#folder, PREFIX))
      if (each <= number && each !== this.#number) this.#folder.remove(PREFIX + numbered(each));
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }

  #open(): FrameFile {
    return new FrameFile(this.#folder, PREFIX + numbered(this.#number), LOG_MAGIC);
  }
}

/**
 * Goes through the records of all segments behind a number, oldest first.
 * @returns where segments could not be read on; their later records are lost, other segments are not.
 */
export function readLog(folder: Folder, behind: number, visit: (body: Uint8Array) => void): Damage[] {
  const damages: Damage[] = [];
  for (const number of numbersIn(folder, PREFIX)) {
    if (number <= behind) continue;
    const name = PREFIX + numbered(number);
    const damage = readFrames(name, folder.read(name), LOG_MAGIC, visit);
    if (damage !== null) damages.push(damage);
  }
  return damages;
}
