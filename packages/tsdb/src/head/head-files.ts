import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { readChunkHead } from '../chunk/chunk.ts';
import type { Folder } from '../folder.ts';
import { FrameFile } from '../log/frame-file.ts';
import { numbered, numbersIn } from '../log/log.ts';
import { type Damage, readFrames } from '../log/segment.ts';

const PREFIX = 'head/';
const MAGIC = Uint8Array.from([...new TextEncoder().encode('VIGIEHED'), 1]);

/** A file is ended when it has grown to this. */
const FILE_BYTES = 128 * 1024 * 1024;

/** Written to the disk, though not synced, when so much has gathered. */
const FLUSH_BYTES = 1024 * 1024;

const IN_ORDER = 1;
const LATE = 2;

/** The files that closed chunks are appended to; each start begins a new one with its first chunk. */
export class HeadFiles implements Disposable {
  readonly #folder: Folder;
  readonly #body = new ByteWriter(1_024);
  #number: number;
  #file: FrameFile | null = null;
  /** The newest time of any chunk, by the number of the file. */
  readonly #newest = new Map<number, number>();

  constructor(folder: Folder) {
    this.#folder = folder;
    this.#number = numbersIn(folder, PREFIX).at(-1) ?? 0;
  }

  /**
   * Adds a chunk; it is kept by this file, and by none but it, when `sync` has returned.
   * @param late whether its times may lie within those of other chunks of its series.
   */
  add(ref: number, chunk: Uint8Array, late: boolean): void {
    this.#file ??= this.#begin();
    this.#body.clear();
    this.#body.byte(late ? LATE : IN_ORDER);
    this.#body.varint(ref);
    this.#body.raw(chunk);
    this.#file.add(this.#body.written);
    this.#note(this.#number, chunk);
  }

  /** Takes note of a chunk that a file was found to have. */
  found(number: number, chunk: Uint8Array): void {
    this.#note(number, chunk);
  }

  /** Removes the files that have only chunks that end before a time. */
  removeBefore(time: number): void {
    for (const number of numbersIn(this.#folder, PREFIX)) {
      const needed = (this.#newest.get(number) ?? Number.NEGATIVE_INFINITY) >= time;
      if (needed || (number === this.#number && this.#file !== null)) continue;
      this.#folder.remove(PREFIX + numbered(number));
      this.#newest.delete(number);
    }
  }

  /**
   * Hands what has gathered to the disk once it is much, and ends a file that has its size.
   * @throws what the disk says; it is kept for the next time.
   */
  flush(): void {
    if (this.#file === null || this.#file.pending < FLUSH_BYTES) return;
    if (this.#file.size < FILE_BYTES) {
      this.#file.flush();
      return;
    }
    // Synced before the next one begins: a power cut never keeps a later chunk without the earlier ones.
    this.#file.sync();
    this.#file[Symbol.dispose]();
    this.#file = null;
  }

  /** Returns when every chunk added is on the disk. */
  sync(): void {
    this.#file?.sync();
  }

  [Symbol.dispose](): void {
    this.#file?.[Symbol.dispose]();
  }

  #note(number: number, chunk: Uint8Array): void {
    const { last } = readChunkHead(chunk);
    this.#newest.set(number, Math.max(last, this.#newest.get(number) ?? last));
  }

  #begin(): FrameFile {
    this.#number += 1;
    return new FrameFile(this.#folder, PREFIX + numbered(this.#number), MAGIC);
  }
}

/** Goes through the chunks of all head files, oldest first. */
export function readHeadFiles(
  folder: Folder,
  visit: (file: number, ref: number, chunk: Uint8Array, late: boolean) => void,
): Damage[] {
  const damages: Damage[] = [];
  for (const number of numbersIn(folder, PREFIX)) {
    const name = PREFIX + numbered(number);
    const damage = readFrames(name, folder.read(name), MAGIC, (body) => {
      const reader = new ByteReader(body);
      const late = reader.byte() === LATE;
      const ref = reader.varint();
      visit(number, ref, reader.raw(reader.left), late);
    });
    if (damage !== null) damages.push(damage);
  }
  return damages;
}
