/** Reads SQLite's write-ahead log, from its format's description (sqlite.org/fileformat2.html, section 4). */

const HEADER = 32;
const FRAME_HEADER = 24;
/** Where in a frame's header the database size stands; not 0 = the frame ends a transaction. */
const COMMIT_SIZE = 4;
const SALTS = 8;

export interface WalFrame {
  /** First byte in the file. */
  start: number;
  /** Just behind the last byte. */
  end: number;
  commit: boolean;
  page: number;
  payload: Buffer;
}

/** The frames of the log's current generation, in order. */
export function walFrames(wal: Buffer): WalFrame[] {
  if (wal.length < HEADER) return [];
  const pageSize = wal.readUInt32BE(8);
  const salts = wal.subarray(16, 16 + 8);
  const frames: WalFrame[] = [];
  for (let start = HEADER; ; start += FRAME_HEADER + pageSize) {
    const end = start + FRAME_HEADER + pageSize;
    if (end > wal.length || !wal.subarray(start + SALTS, start + SALTS + 8).equals(salts)) return frames;
    const commit = wal.readUInt32BE(start + COMMIT_SIZE) !== 0;
    const payload = wal.subarray(start + FRAME_HEADER, end);
    frames.push({ start, end, commit, page: wal.readUInt32BE(start), payload });
  }
}

/** For each marker the end of the transaction that first wrote it: the log up to there holds it. */
export function commitEnds(wal: Buffer, pattern: RegExp): Map<string, number> {
  const ends = new Map<string, number>();
  let open: string[] = [];
  for (const { payload, commit, end } of walFrames(wal)) {
    open.push(...(payload.toString('latin1').match(pattern) ?? []));
    if (!commit) continue;
    for (const marker of open) if (!ends.has(marker)) ends.set(marker, end);
    open = [];
  }
  return ends;
}
