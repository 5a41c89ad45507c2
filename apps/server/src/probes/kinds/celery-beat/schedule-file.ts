import { open, stat } from 'node:fs/promises';
import { codeOf } from '../../../notify/failure.ts';
import { ProbeFailure } from '../../failure.ts';

/** What Python's dbm modules put after the name: nothing (gdbm), one file (ndbm) or two and a copy (dumb). */
const SUFFIXES = ['', '.db', '.dat', '.dir', '.bak'];

/** The numbers that Berkeley DB's files have at byte 12, or at 0 in its old format: hash and b-tree. */
const BERKELEY = [0x00_06_15_61, 0x00_05_31_62];
const HEADER_LENGTH = 16;

export interface ScheduleFile {
  path: string;
  /** Epoch ms of its last change. */
  changed: number;
  /** Written by Python's dbm.ndbm over Berkeley DB, which writes at its end only. */
  isBerkeley: boolean;
}

/** The newest file of beat's schedule. @throws ProbeFailure when there is none, or no right to it */
export async function newestFile(schedule: string): Promise<ScheduleFile> {
  const found = await Promise.all(SUFFIXES.map((suffix) => changeOf(schedule + suffix)));
  const newest = found.flatMap((file) => file ?? []).sort((a, b) => b.changed - a.changed)[0];
  if (newest === undefined) {
    throw new ProbeFailure(
      'not_found',
      `there is no file ${schedule}, nor one with ${SUFFIXES.slice(1).join(', ')}`,
    );
  }
  return { ...newest, isBerkeley: await isBerkeley(newest.path) };
}

async function changeOf(path: string): Promise<{ path: string; changed: number } | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? { path, changed: found.mtimeMs } : null;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw new ProbeFailure('config', `the server may not look at ${path} (${codeOf(error)})`, {
      cause: error,
    });
  }
}

/** False where it may not be read: the age is told all the same. */
async function isBerkeley(path: string): Promise<boolean> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_LENGTH), 0, HEADER_LENGTH, 0);
    if (bytesRead < HEADER_LENGTH) return false;
    return [0, 12].some(
      (at) => BERKELEY.includes(buffer.readUInt32LE(at)) || BERKELEY.includes(buffer.readUInt32BE(at)),
    );
  } catch {
    return false;
  }
}
