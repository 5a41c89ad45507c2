import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../start-error.ts';

/**
 * Keeps a data directory to one process: an exclusive lock on a file of its own, which the operating system
 * releases when the process ends in whatever way.
 * @throws when another process holds it.
 */
export function lockDataDir(dataDir: string): () => void {
  const lock = new DatabaseSync(`${dataDir}/vigie.lock`, { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (error) {
    lock.close();
    throw new StartError(`another Vigie is running on the data directory ${dataDir}; stop it first`, {
      cause: error,
    });
  }
  return () => lock.close();
}
