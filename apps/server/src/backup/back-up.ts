import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import { migrationNames, type Store } from '../store/open.ts';
import type { Database } from '../store/schema.ts';
import { syncFolder } from '../store/sync-folder.ts';
import { BackupError } from './backup-error.ts';
import { type BackupHeader, FORMAT_VERSION, secretKeyHash } from './header.ts';
import { openBackup } from './read.ts';
import { encodeRow, type TableOpening } from './row-codec.ts';
import { sealOf } from './seal.ts';
import { onSnapshot, pagesOf } from './snapshot-rows.ts';
import { executedMigrations, holdsBytes, type Table, tablesOf } from './tables.ts';

export interface BackUpOptions {
  /** Open for reading; a server may be writing to it. */
  store: Store;
  /** The file to make. */
  path: string;
  secretKey: string;
  /** Whether the key is kept in the data directory, and so belongs into the backup. */
  keepsSecretKey: boolean;
  /** Of Vigie. */
  version: string;
  /** Epoch ms. */
  at: number;
}

export interface BackupSummary {
  tables: number;
  rows: number;
  /** Bytes of the file. */
  size: number;
}

/**
 * Writes a backup of a database that may be in use, and reads it back. The file has its name only once it is
 * whole and on disk.
 * @throws BackupError when the file exists or the database is no Vigie's of this version.
 */
export async function backUp(options: BackUpOptions): Promise<BackupSummary> {
  const { path } = options;
  if (existsSync(path)) throw new BackupError(`${path} exists; a backup never overwrites a file`);
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  const file = await open(partial, 'wx', 0o600);
  try {
    const rows = await onSnapshot(options.store, (db) => write(file, db, options));
    await file.sync();
    const read = await countRows(partial);
    if (read.rows !== rows) throw new BackupError(`${rows} rows were written and ${read.rows} read back`);
    await rename(partial, path);
    syncFolder(dirname(path));
    return { ...read, size: (await file.stat()).size };
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** @returns the number of rows. */
async function write(file: FileHandle, db: Kysely<Database>, options: BackUpOptions): Promise<number> {
  const tables = await tablesOf(db);
  const header = headerOf(options, await executedMigrations(db), tables);
  const hash = createHash('sha256');
  const count = { rows: 0 };
  await pipeline(Readable.from(linesOf(db, header, tables, count)), createGzip(), async (zipped) => {
    for await (const chunk of zipped as AsyncIterable<Buffer>) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  });
  await file.writeFile(sealOf(hash.digest('hex')));
  return count.rows;
}

function headerOf(options: BackUpOptions, migrations: string[], tables: Table[]): BackupHeader {
  const unknown = migrations.find((name) => !migrationNames().includes(name));
  if (unknown !== undefined)
    throw new BackupError(`the database is of a newer version: this one lacks ${unknown}`);
  if (migrations.length === 0) throw new BackupError('the database is empty: there is nothing to back up');
  return {
    format: 'vigie-backup',
    formatVersion: FORMAT_VERSION,
    vigie: options.version,
    createdAt: new Date(options.at).toISOString(),
    engine: options.store.engine,
    migrations,
    secretKey: options.keepsSecretKey ? options.secretKey : null,
    secretKeyHash: secretKeyHash(options.secretKey),
    tables: tables.map(({ name }) => name),
  };
}

async function* linesOf(
  db: Kysely<Database>,
  header: BackupHeader,
  tables: Table[],
  count: { rows: number },
): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`;
  for (const table of tables) {
    const opening: TableOpening = {
      table: table.name,
      columns: table.columns.map(({ name }) => name),
      bytes: table.columns.filter(holdsBytes).map(({ name }) => name),
    };
    yield `${JSON.stringify(opening)}\n`;
    let rows = 0;
    for await (const page of pagesOf(db, table)) {
      // One by one: a page of bodies as one string would take three times its size.
      for (const row of page) yield encodeRow(row, opening);
      rows += page.length;
    }
    yield `${JSON.stringify({ rows })}\n`;
    count.rows += rows;
  }
}

async function countRows(path: string): Promise<{ tables: number; rows: number }> {
  const backup = await openBackup(path, migrationNames());
  const count = { tables: 0, rows: 0 };
  for await (const { rows } of backup.tables()) {
    count.tables += 1;
    for await (const _ of rows) count.rows += 1;
  }
  return count;
}
