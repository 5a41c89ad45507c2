/** What was written to a file since it was looked at last. */
import type { FileHandle } from 'node:fs/promises';

/** Bytes read at a time. */
const CHUNK = 65_536;
/** Bytes of one line; what is longer counts as several. */
const LINE_LIMIT = 65_536;

/** Where reading a file has come to. */
export interface Place {
  dev: number;
  ino: number;
  offset: number;
}

/** What came of one look. */
export interface Tail {
  place: Place;
  /** Bytes that were not read, because there were more than the limit. */
  skipped: number;
  /** Why reading began anew; null = it went on. */
  anew: 'first' | 'rotated' | 'truncated' | null;
}

/**
 * Reads the whole lines written since `last`, `limit` bytes at most: of more than that, the newest. At the first look
 * nothing is read: what is in the file already is over. A file that was replaced or cut is read from its beginning.
 */
export async function readTail(
  file: FileHandle,
  last: Place | null,
  limit: number,
  onLine: (line: string) => void,
): Promise<Tail> {
  const { dev, ino, size } = await file.stat();
  const anew = beginning(last, { dev, ino }, size);
  const from = anew === 'first' ? size : anew === null ? (last?.offset ?? 0) : 0;
  const start = Math.max(from, size - limit);
  const offset = await readLines(file, start, size, start > from, onLine);
  return { place: { dev, ino, offset }, skipped: start - from, anew };
}

function beginning(last: Place | null, { dev, ino }: Pick<Place, 'dev' | 'ino'>, size: number): Tail['anew'] {
  if (last === null) return 'first';
  if (last.dev !== dev || last.ino !== ino) return 'rotated';
  return size < last.offset ? 'truncated' : null;
}

/** @returns where the last whole line ends: what follows is read again once it is whole. */
async function readLines(
  file: FileHandle,
  start: number,
  size: number,
  isInMiddle: boolean,
  onLine: (line: string) => void,
): Promise<number> {
  const buffer = Buffer.alloc(CHUNK);
  let rest = Buffer.alloc(0);
  let isCut = isInMiddle;
  let at = start;
  while (at < size) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(CHUNK, size - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
    rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      if (!isCut) onLine(rest.toString('utf8', 0, end).replace(/\r$/, ''));
      isCut = false;
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LINE_LIMIT) {
      if (!isCut) onLine(rest.toString('utf8'));
      isCut = true;
      rest = Buffer.alloc(0);
    }
  }
  return at - rest.length;
}
