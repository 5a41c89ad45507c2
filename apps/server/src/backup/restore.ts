import { draftSecretKey, type SecretKeyDraft } from '../secret-key.ts';
import { settingUp } from '../start-error.ts';
import { makeDataDir } from '../store/data-dir.ts';
import { migrationNames } from '../store/open.ts';
import { BackupError } from './backup-error.ts';
import { type BackupHeader, secretKeyHash } from './header.ts';
import { openBackup } from './read.ts';
import { intoPostgres } from './restore-postgres.ts';
import { intoSqlite } from './restore-sqlite.ts';

export interface RestoreOptions {
  /** The backup. */
  path: string;
  dataDir: string;
  databaseUrl: string;
  /** The configured secret key; null = it is kept in the data directory. */
  secretKey: string | null;
  /** Whether to replace what the target holds, and to take a secret key that is not the backup's. */
  force: boolean;
  /** Epoch ms. */
  now: number;
}

export interface RestoreSummary {
  rows: number;
  /** When the backup was made, ISO 8601. */
  createdAt: string;
  /** Vigie's version that made it. */
  version: string;
}

/**
 * Puts a backup into a database, all of it or nothing.
 * @throws BackupError when the file is no whole backup or the target is in use, StartError when there can be no
 * such data directory; the target is as it was.
 */
export async function restore(options: RestoreOptions): Promise<RestoreSummary> {
  const backup = await openBackup(options.path, migrationNames());
  try {
    const { header } = backup;
    if (!options.force) checkSecretKey(header, options.secretKey);
    await settingUp('VIGIE_DATA_DIR', options.dataDir, () => makeDataDir(options.dataDir));
    using key = draftKey(header, options);
    const into = options.databaseUrl.startsWith('sqlite:') ? intoSqlite : intoPostgres;
    const rows = await into(backup, options);
    key?.put();
    return { rows, createdAt: header.createdAt, version: header.vigie };
  } finally {
    await backup.close();
  }
}

/** API keys and badges are worthless under another secret key. */
function checkSecretKey(header: BackupHeader, configured: string | null): void {
  if (configured === null && header.secretKey === null) {
    throw new BackupError(
      'the backup does not hold its secret key: give it as VIGIE_SECRET_KEY, or use --force',
    );
  }
  if (configured !== null && secretKeyHash(configured) !== header.secretKeyHash) {
    throw new BackupError('VIGIE_SECRET_KEY is not the secret key of this backup: API keys would not fit');
  }
}

/** The backup's secret key, on disk before the database is touched; null where a key is configured. */
function draftKey({ secretKey }: BackupHeader, options: RestoreOptions): SecretKeyDraft | null {
  if (options.secretKey !== null || secretKey === null) return null;
  return draftSecretKey(options.dataDir, secretKey);
}
