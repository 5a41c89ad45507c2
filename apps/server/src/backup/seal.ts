/** The seal of a backup file: `docs/formats/backup.md`. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { BackupError } from './backup-error.ts';

const LABEL = 'vigie-backup sha256 ';
/** Where the label stands in a seal: behind the header and the block's own five bytes. */
const LABEL_AT = 15;
/** Deflate, no flags, no time, unknown operating system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** The gzip member that ends a backup whose bytes before it have this SHA-256 (hexadecimal). */
export function sealOf(sha256: string): Buffer {
  const text = Buffer.from(`${LABEL}${sha256}\n`);
  const block = Buffer.alloc(5);
  // Final, stored; then its length and the complement of it.
  block.writeUInt8(1, 0);
  block.writeUInt16LE(text.length, 1);
  block.writeUInt16LE(0xffff - text.length, 3);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(text), 0);
  trailer.writeUInt32LE(text.length, 4);
  return Buffer.concat([GZIP_HEADER, block, text, trailer]);
}

/** Bytes of a seal. */
export const SEAL_LENGTH = sealOf('0'.repeat(64)).length;

/**
 * Checks that a file is a whole and undamaged backup.
 * @returns how many bytes come before its seal.
 * @throws BackupError with what is wrong with it.
 */
export async function checkSeal(path: string): Promise<number> {
  const { size, start, end } = await ends(path);
  if (!start.equals(GZIP_HEADER.subarray(0, 3)))
    throw new BackupError(`${path} is not a backup: it does not begin as a gzip file`);
  const bodySize = size - SEAL_LENGTH;
  if (bodySize <= 0 || end.indexOf(LABEL) !== LABEL_AT)
    throw new BackupError(
      `${path} does not end with the seal of a backup: it is cut short, or more was added`,
    );
  const sha256 = await hashOf(path, bodySize);
  if (!end.equals(sealOf(sha256)))
    throw new BackupError(`${path} is damaged: its seal does not belong to its content (SHA-256 ${sha256})`);
  return bodySize;
}

async function ends(path: string): Promise<{ size: number; start: Buffer; end: Buffer }> {
  const file = await open(path, 'r').catch((error: Error) => {
    throw new BackupError(`cannot read ${path}: ${error.message}`, { cause: error });
  });
  try {
    const { size } = await file.stat();
    const start = await file.read(Buffer.alloc(3), 0, 3, 0);
    const end = await file.read(Buffer.alloc(SEAL_LENGTH), 0, SEAL_LENGTH, Math.max(0, size - SEAL_LENGTH));
    return { size, start: start.buffer, end: end.buffer };
  } finally {
    await file.close();
  }
}

async function hashOf(path: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { end: size - 1 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
