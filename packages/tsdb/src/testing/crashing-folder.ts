import type { AppendFile, Folder } from '../folder.ts';

interface File {
  bytes: Uint8Array;
  size: number;
  synced: number;
}

/** A disk in memory that forgets, when the power goes, what was not synced, and may be full. */
export class CrashingFolder implements Folder {
  readonly #files = new Map<string, File>();
  /** Bytes that still fit. */
  room = Number.POSITIVE_INFINITY;
  /** The next sync fails, and what it was to sync is lost without being said again. */
  losesNextSync = false;

  list(prefix: string): string[] {
    return [...this.#files.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .sort();
  }

  read(name: string): Uint8Array {
    const { bytes, size } = this.#file(name);
    return bytes.slice(0, size);
  }

  readRange(name: string, from: number, length: number): Uint8Array {
    return this.read(name).slice(from, from + length);
  }

  append(name: string): AppendFile {
    const file = this.#files.get(name) ?? { bytes: new Uint8Array(64), size: 0, synced: 0 };
    this.#files.set(name, file);
    return {
      get size() {
        return file.size;
      },
      write: (bytes) => this.#write(file, bytes),
      sync: () => this.#sync(file),
      [Symbol.dispose]: () => {},
    };
  }

  truncate(name: string, length: number): void {
    const file = this.#file(name);
    file.size = length;
    file.synced = Math.min(file.synced, length);
  }

  rename(from: string, to: string): void {
    this.#files.set(to, this.#file(from));
    this.#files.delete(from);
  }

  remove(name: string): void {
    for (const each of this.#files.keys())
      if (each === name || (name.endsWith('/') && each.startsWith(name))) this.#files.delete(each);
  }

  /**
   * The power goes: of what was not synced, files keep as many bytes as `keep` says.
   * @param keep of so many bytes, how many the disk had written by itself.
   */
  crash(keep: (unsynced: number) => number): void {
    for (const file of this.#files.values()) {
      file.size = file.synced + keep(file.size - file.synced);
      file.synced = file.size;
    }
  }

  /** Changes one byte of a file. */
  damage(name: string, at: number): void {
    const { bytes } = this.#file(name);
    bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  }

  #sync(file: File): void {
    if (!this.losesNextSync) {
      file.synced = file.size;
      return;
    }
    this.losesNextSync = false;
    file.bytes.fill(0, file.synced, file.size);
    throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  }

  #file(name: string): File {
    const file = this.#files.get(name);
    if (file === undefined) throw Object.assign(new Error(`ENOENT: ${name}`), { code: 'ENOENT' });
    return file;
  }

  #write(file: File, bytes: Uint8Array): void {
    const fits = Math.min(bytes.length, this.room);
    if (file.bytes.length < file.size + fits) {
      const grown = new Uint8Array(Math.max(2 * file.bytes.length, file.size + fits));
      grown.set(file.bytes);
      file.bytes = grown;
    }
    file.bytes.set(bytes.subarray(0, fits), file.size);
    file.size += fits;
    this.room -= fits;
    if (fits < bytes.length)
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  }
}
