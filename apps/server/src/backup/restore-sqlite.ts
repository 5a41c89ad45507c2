import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { lockDataDir } from '../store/lock.ts';
import { migrate, openStore } from '../store/open.ts';
import { SqliteConnection } from '../store/sqlite/connection.ts';
import { syncFile } from '../store/sync-file.ts';
import { syncFolder } from '../store/sync-folder.ts';
import { BackupError } from './backup-error.ts';
import { loadRows } from './load.ts';
import type { OpenBackup } from './read.ts';

export interface TargetOptions {
  databaseUrl: string;
  dataDir: string;
  force: boolean;
  /** Epoch ms. */
  now: number;
}

/** Files that belong to an SQLite database. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/** Loads a backup into a file beside the database, which then takes the database's name. @returns the rows. */
export async function intoSqlite(backup: OpenBackup, options: TargetOptions): Promise<number> {
  const path = options.databaseUrl.slice('sqlite:'.length);
  const unlock = lockDataDir(options.dataDir);
  try {
    if (existsSync(path) && statSync(path).size > 0 && !options.force) {
      throw new BackupError(
        `${path} holds a database; --force replaces it (with npm: npm exec -- vigie restore <file> --force)`,
      );
    }
    const draft = `${path}.restoring`;
    try {
      const rows = await build(backup, draft);
      replace(path, draft);
      return rows;
    } finally {
      remove(draft);
    }
  } finally {
    unlock();
  }
}

async function build(backup: OpenBackup, draft: string): Promise<number> {
  remove(draft);
  const store = openStore(`sqlite:${draft}`, { isDraft: true });
  try {
    await migrate(store, backup.header.migrations.at(-1));
    const rows = await loadRows(backup, store, store.db);
    await migrate(store);
    return rows;
  } finally {
    // The last connection puts the log into the file and deletes it.
    await store.close();
  }
}

function replace(path: string, draft: string): void {
  syncFile(draft);
  foldLog(path);
  // A log that stayed would be taken for the new database's own.
  for (const companion of COMPANIONS) rmSync(path + companion, { force: true });
  renameSync(draft, path);
  syncFolder(dirname(path));
}

/** Puts the log of the old database into it, so that it is whole until the moment it is replaced. */
function foldLog(path: string): void {
  if (!existsSync(path)) return;
  try {
    new SqliteConnection(path).close();
  } catch {
    // Damaged already: that is why it is being replaced.
  }
}

function remove(path: string): void {
  for (const suffix of ['', ...COMPANIONS]) rmSync(path + suffix, { force: true });
}
