/**
 * The disk as this package sees it: one folder of flat names ("log/00000001"), handed in by whoever owns it. All of it
 * is synchronous: the store has a thread of its own, and what arrives while it waits for the disk becomes the next
 * group. Errors are the system's, with their `code` (ENOSPC, EIO, ...).
 */
export interface Folder {
  /** The names below a prefix that ends in a slash, without it, sorted. */
  list(prefix: string): string[];
  /** @throws when there is none. */
  read(name: string): Uint8Array;
  /** Part of a file; shorter when it ends before. */
  readRange(name: string, from: number, length: number): Uint8Array;
  /** Opens a file at its end, made if it is not there: its name is kept by the disk when its first `sync` returns. */
  append(name: string): AppendFile;
  /** Cuts a file to a length. */
  truncate(name: string, length: number): void;
  /** Gives a file its final name, over another of that name, and syncs the folder. */
  rename(from: string, to: string): void;
  /** Removes a file, or every file below a prefix that ends in a slash. No error when there is none. */
  remove(name: string): void;
}

export interface AppendFile extends Disposable {
  readonly size: number;
  /** Appends all of it, or throws and leaves the file with a part of it at its end. */
  write(bytes: Uint8Array): void;
  /** Returns when everything written is on the disk. */
  sync(): void;
}
