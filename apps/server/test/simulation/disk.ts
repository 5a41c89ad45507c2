import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random.ts';

/** SQLite's file format, sections 4.1 and 4.2: the log's header, and that of each of its frames. */
const HEADER = 32;
const FRAME_HEADER = 24;
const PAGE_SIZE = 4096;
const FRAME = FRAME_HEADER + PAGE_SIZE;

/** `PRAGMA synchronous`: from FULL on, every commit is synced before it returns. */
const FULL = 2;

/**
 * A data directory on a disk that forgets, in a power cut, what was not synced. Checkpoints sync the log
 * before they copy it and the database after, so the database's own file is always whole; of the log only
 * what was synced is sure to survive.
 */
export class Disk {
  readonly folder: string;
  readonly #root: string;
  readonly #random: Random;
  readonly #number: number;
  /** How far the log was read, and of which of its generations. */
  #salts = '';
  #end = HEADER;
  #committed = HEADER;

  constructor(root: string, random: Random, number = 1) {
    this.#root = root;
    this.#random = random;
    this.#number = number;
    this.folder = join(root, `disk-${number}`);
    mkdirSync(this.folder);
  }

  get database(): string {
    return join(this.folder, 'vigie.db');
  }

  get #log(): string {
    return `${this.database}-wal`;
  }

  /** Bytes of the log up to the end of its last commit. */
  committedEnd(): number {
    if (!existsSync(this.#log)) return 0;
    const file = openSync(this.#log, 'r');
    try {
      const header = Buffer.alloc(HEADER);
      if (readSync(file, header, 0, HEADER, 0) < HEADER) return 0;
      const salts = header.toString('latin1', 16, 24);
      if (salts !== this.#salts) [this.#salts, this.#end, this.#committed] = [salts, HEADER, HEADER];
      const frame = Buffer.alloc(FRAME_HEADER);
      while (readSync(file, frame, 0, FRAME_HEADER, this.#end) === FRAME_HEADER) {
        if (frame.toString('latin1', 8, 16) !== salts) break;
        this.#end += FRAME;
        if (frame.readUInt32BE(4) !== 0) this.#committed = this.#end;
      }
      return this.#committed;
    } finally {
      closeSync(file);
    }
  }

  /**
   * The disk as it is found after a power cut: all that was synced, and of the rest what chance left of it.
   * `acknowledged`: end of the log when the last write was acknowledged; FULL promises it up to there.
   */
  afterPowerCut(synchronous: number, acknowledged: number): Disk {
    const next = new Disk(this.#root, this.#random, this.#number + 1);
    const end = this.committedEnd();
    copyFileSync(this.database, next.database);
    if (end > 0) {
      const sure = synchronous >= FULL ? Math.min(end, acknowledged) : Math.min(end, HEADER);
      writeFileSync(next.#log, this.#torn(readFileSync(this.#log), sure, end));
    }
    return next;
  }

  /** Keeps the bytes up to `sure`, and damages those up to `end` at random. */
  #torn(log: Buffer, sure: number, end: number): Buffer {
    if (sure >= end || this.#random.chance(0.4)) return log;
    const cut = this.#random.chance(0.3) ? sure : this.#random.between(sure, end);
    if (this.#random.chance(0.5)) return log.subarray(0, cut);
    for (let i = cut; i < end; i++) log[i] = this.#random.chance(0.5) ? 0 : 0xa5;
    return log;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
