import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFile } from '../sync-file.ts';
import { syncFolder } from '../sync-folder.ts';

/**
 * Makes sure that a database file is there and not empty: SQLite takes a missing or empty file for a new
 * database, and throws away the log beside it. `build` makes a new one at the path it is given; it gets its
 * name only when it is whole and on disk, so that a crash on the way never leaves an empty one behind.
 * @throws when the file of a database that existed is missing or empty.
 */
export async function ensureDatabase(path: string, build: (path: string) => Promise<void>): Promise<void> {
  if (existsSync(path)) {
    if (statSync(path).size > 0) return;
    throw new Error(`the database ${path} is empty: restore it, or delete it to start with a new one`);
  }
  const log = `${path}-wal`;
  if (existsSync(log) && statSync(log).size > 0) {
    throw new Error(`the database ${path} is missing beside its log ${log}: restore it, or delete the log`);
  }
  const draft = `${path}.new`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(draft + suffix, { force: true });
  await build(draft);
  syncFile(draft);
  renameSync(draft, path);
  syncFolder(dirname(path));
}
