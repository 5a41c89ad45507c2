import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { migrate, openStore, pendingMigrations, type Store } from './open.ts';
import { snapshotSqlite } from './sqlite/snapshot.ts';

/**
 * Brings the database to this version and opens it for reading. An SQLite database that already holds data is
 * copied beside itself before it is changed.
 */
export async function prepareStore(url: string, dataDir: string, log: Logger): Promise<Store> {
  const existed = url.startsWith('sqlite:') && existsSync(url.slice('sqlite:'.length));
  const store = openStore(url, { connections: 1 });
  try {
    const pending = await pendingMigrations(store);
    if (pending.length > 0) {
      if (existed) {
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
