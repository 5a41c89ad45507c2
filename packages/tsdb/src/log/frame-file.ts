import { checksum } from '../bytes/crc.ts';
import type { AppendFile, Folder } from '../folder.ts';
import { FRAME_BYTES, MOST_BODY_BYTES } from './segment.ts';

/** Written at once; more gathers no further. */
const WRITE_BYTES = 1024 * 1024;

/**
 * A file of framed records that is appended to. Records gather in memory until `flush` or `sync`; when one fails, they
 * are kept and come first with the next one, and what was written of them is cut off again. The file is opened with
 * the first one.
 */
export class FrameFile implements Disposable {
  readonly name: string;
  readonly #folder: Folder;
  #file: AppendFile | null = null;
  /** Bytes of whole records on the disk's side of `write`. */
  #written = 0;
  #pending: Uint8Array;
  #filled = 0;
  #torn = false;
  /** Bytes before `#written` that were not synced. */
  #unsynced = 0;
  /** What the disk said when it did not sync those: they may be lost, and a later sync would not say so. */
  #lost: unknown = null;

  constructor(folder: Folder, name: string, magic: Uint8Array) {
    this.name = name;
    this.#folder = folder;
    this.#pending = new Uint8Array(64 * 1024);
    this.#put(magic);
  }

  /** What the file will hold when all is written. */
  get size(): number {
    return this.#written + this.#filled;
  }

  /** Bytes that wait to be written. */
  get pending(): number {
    return this.#filled;
  }

  /** Adds a record. */
  add(body: Uint8Array): void {
    if (body.length === 0 || body.length > MOST_BODY_BYTES)
      throw new RangeError(`BUG: a record of ${body.length} bytes`);
    this.#need(FRAME_BYTES + body.length);
    const view = new DataView(this.#pending.buffer);
    view.setUint32(this.#filled, body.length, true);
    view.setUint32(this.#filled + 4, checksum(body), true);
    this.#filled += FRAME_BYTES;
    this.#put(body);
  }

  /**
   * Writes what has gathered.
   * @throws what the disk says; all of it is still pending then.
   */
  flush(): void {
    this.#write();
    this.#unsynced += this.#filled;
    this.#release();
  }

  /**
   * Writes what has gathered and returns when all is on the disk.
   * @throws what the disk says; what was not flushed before is still pending then, and what was makes every later call
   *   fail as well.
   */
  sync(): void {
    if (this.#lost !== null) throw this.#lost;
    if (this.#filled + this.#unsynced === 0) return;
    const file = this.#write();
    try {
      file.sync();
    } catch (error) {
      if (this.#unsynced > 0) this.#lost = error;
      throw error;
    }
    this.#unsynced = 0;
    this.#release();
  }

  [Symbol.dispose](): void {
    this.#file?.[Symbol.dispose]();
  }

  /** Writes what has gathered, to be cut off again unless it is released. */
  #write(): AppendFile {
    this.#file ??= this.#folder.append(this.name);
    if (this.#torn) this.#folder.truncate(this.name, this.#written);
    this.#torn = true;
    this.#file.write(this.#pending.subarray(0, this.#filled));
    return this.#file;
  }

  /** What has gathered was written. */
  #release(): void {
    this.#torn = false;
    this.#written += this.#filled;
    this.#filled = 0;
    if (this.#pending.length > WRITE_BYTES) this.#pending = new Uint8Array(64 * 1024);
  }

  #put(bytes: Uint8Array): void {
    this.#need(bytes.length);
    this.#pending.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  #need(bytes: number): void {
    const wanted = this.#filled + bytes;
    if (wanted <= this.#pending.length) return;
    const before = this.#pending;
    this.#pending = new Uint8Array(Math.max(wanted, before.length * 2));
    this.#pending.set(before.subarray(0, this.#filled));
  }
}
