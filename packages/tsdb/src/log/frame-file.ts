import { checksum } from '../bytes/crc.ts';
import type { AppendFile, Folder } from '../folder.ts';
import { FRAME_BYTES, MOST_BODY_BYTES } from './segment.ts';

/** Written at once; more gathers no further. */
const WRITE_BYTES = 1024 * 1024;

/**
 * A file of framed records that is appended to. Records gather in memory until `flush`; what a failed `flush` did not
 * write is kept and comes first with the next one, and what it wrote in part is cut off again.
 */
export class FrameFile implements Disposable {
  readonly name: string;
  readonly #folder: Folder;
  readonly #file: AppendFile;
  /** Bytes of whole records on the disk's side of `write`. */
  #written: number;
  #pending: Uint8Array;
  #filled = 0;
  #torn = false;

  constructor(folder: Folder, name: string, magic: Uint8Array) {
    this.name = name;
    this.#folder = folder;
    this.#file = folder.append(name);
    this.#written = this.#file.size;
    this.#pending = new Uint8Array(64 * 1024);
    if (this.#written === 0) this.#put(magic);
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
    if (this.#torn) {
      this.#folder.truncate(this.name, this.#written);
      this.#torn = false;
    }
    if (this.#filled === 0) return;
    this.#torn = true;
    this.#file.write(this.#pending.subarray(0, this.#filled));
    this.#torn = false;
    this.#written += this.#filled;
    this.#filled = 0;
    if (this.#pending.length > WRITE_BYTES) this.#pending = new Uint8Array(64 * 1024);
  }

  /** Writes what has gathered and returns when all is on the disk. */
  sync(): void {
    this.flush();
    this.#file.sync();
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
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
