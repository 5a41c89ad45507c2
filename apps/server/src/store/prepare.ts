import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { messageOf } from '../errors.ts';
import { StartError } from '../start-error.ts';
import { migrate, openStore, pendingMigrations, type Store } from './open.ts';
import { ensureDatabase } from './sqlite/create.ts';
import { snapshotSqlite } from './sqlite/snapshot.ts';

const SQLITE = 'sqlite:';

/**
 * Brings the database to this version and opens it for reading. An SQLite database that already holds data is
 * copied beside itself before it is changed.
 * @throws with the file's name and the reason when it is damaged, empty, or missing beside its log.
 */
export async function prepareStore(url: string, dataDir: string, log: Logger): Promise<Store> {
  if (!url.startsWith(SQLITE)) return upgrade(url, dataDir, log);
  const path = url.slice(SQLITE.length);
  await ensureDatabase(path, build);
  try {
    return await upgrade(url, dataDir, log);
  } catch (error) {
    const reason = `the database ${path} cannot be used: ${messageOf(error)}`;
    throw new StartError(`${reason}; \`vigie restore\` puts a backup in its place`, { cause: error });
  }
}

async function build(path: string): Promise<void> {
  const store = openStore(SQLITE + path, { isDraft: true });
  try {
    await migrate(store);
  } finally {
    await store.close();
  }
}

async function upgrade(url: string, dataDir: string, log: Logger): Promise<Store> {
  const store = openStore(url, { connections: 1 });
  try {
    const pending = await pendingMigrations(store);
    if (pending.length > 0) {
      if (store.engine === 'sqlite') {
        const path = join(dataDir, `before-${pending[0]}.db`);
        if (!existsSync(path)) await snapshotSqlite(store, path);
        log.info({ path }, 'copied the database before its migration');
      }
      await migrate(store);
    }
  } finally {
    await store.close();
  }
  return openStore(url, { readOnly: true });
}
