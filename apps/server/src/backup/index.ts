/** Backup and restore as the command line asks for them. */
import { existsSync } from 'node:fs';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { keptSecretKey } from '../secret-key.ts';
import { shownUrl } from '../start-error.ts';
import { openStore } from '../store/open.ts';
import { VERSION } from '../version.ts';
import { type BackupSummary, backUp } from './back-up.ts';
import { BackupError } from './backup-error.ts';
import { type RestoreSummary, restore } from './restore.ts';

export { BackupError, type BackupSummary, type RestoreSummary };

/** Which database a command worked on: its URL without what gives access. */
export interface Subject {
  database: string;
}

/** Writes a backup of the configured database, which a server may be using. @throws BackupError. */
export async function backUpServer(config: Config, path: string): Promise<BackupSummary & Subject> {
  const { databaseUrl, dataDir } = config;
  const file = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : null;
  if (file !== null && !existsSync(file)) throw new BackupError(`there is no database ${file}`);
  const secretKey = config.secretKey ?? keptSecretKey(dataDir);
  if (secretKey === null)
    throw new BackupError(`there is no secret key in ${dataDir}: is it the data directory?`);
  const store = openStore(databaseUrl, { readOnly: true, connections: 1 });
  try {
    const summary = await backUp({
      store,
      path,
      secretKey,
      keepsSecretKey: config.secretKey === null,
      version: VERSION,
      at: systemClock.now(),
    });
    return { ...summary, database: shownUrl(databaseUrl) };
  } finally {
    await store.close();
  }
}

/** Puts a backup into the configured database; `force` replaces what it holds. @throws BackupError. */
export async function restoreServer(
  config: Config,
  path: string,
  force: boolean,
): Promise<RestoreSummary & Subject> {
  const { databaseUrl, dataDir, secretKey } = config;
  const now = systemClock.now();
  const summary = await restore({ path, dataDir, databaseUrl, secretKey, force, now });
  return { ...summary, database: shownUrl(databaseUrl) };
}
