import { checksum } from '../bytes/crc.ts';

/** What every segment begins with: its kind and version. */
export const LOG_MAGIC = Uint8Array.from([...new TextEncoder().encode('VIGIELOG'), 1]);

/** Length and checksum before each body. */
export const FRAME_BYTES = 8;

/** A body longer than this is damage: writers split before. */
export const MOST_BODY_BYTES = 4 * 1024 * 1024;

/** A place from which on a segment could not be read. */
export interface Damage {
  readonly file: string;
  readonly at: number;
  readonly reason: string;
}

/**
 * Goes through the bodies of a file of framed records (log, checkpoint, head file).
 * @param visit gets each body where it lies and the place behind its record; what it throws ends the reading as
 *   damage.
 * @returns what ended the reading before the file's end, or null.
 */
export function readFrames(
  file: string,
  bytes: Uint8Array,
  magic: Uint8Array,
  visit: (body: Uint8Array, end: number) => void,
): Damage | null {
  if (!startsWith(bytes, magic)) return { file, at: 0, reason: 'it does not begin as it has to' };
  // A crash came before the first record, or within the first bytes.
  if (bytes.length <= magic.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = magic.length;
  while (at < bytes.length) {
    const body = bodyAt(bytes, view, at);
    if (typeof body === 'string') return { file, at, reason: body };
    const end = at + FRAME_BYTES + body.length;
    try {
      visit(body, end);
    } catch (error) {
      return { file, at, reason: error instanceof Error ? error.message : String(error) };
    }
    at = end;
  }
  return null;
}

/** @returns the body, or why there is none. */
function bodyAt(bytes: Uint8Array, view: DataView, at: number): Uint8Array | string {
  if (bytes.length - at < FRAME_BYTES) return 'a record is cut off';
  const length = view.getUint32(at, true);
  if (length === 0 || length > MOST_BODY_BYTES) return `a record of ${length} bytes`;
  if (bytes.length - at - FRAME_BYTES < length) return 'a record is cut off';
  const body = bytes.subarray(at + FRAME_BYTES, at + FRAME_BYTES + length);
  return checksum(body) === view.getUint32(at + 4, true) ? body : 'a checksum is wrong';
}

function startsWith(bytes: Uint8Array, magic: Uint8Array): boolean {
  return magic.every((byte, at) => at >= bytes.length || bytes[at] === byte);
}
