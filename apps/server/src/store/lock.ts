import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../start-error.ts';

/**
 * Keeps a data directory to one process: an exclusive lock on a file of its own, which the operating system
 * releases when the process ends in whatever way.
 * @throws StartError when another process holds it, or it cannot be written to.
 */
export function lockDataDir(dataDir: string): () => void {
  const lock = openLock(dataDir);
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

function openLock(dataDir: string): DatabaseSync {
  try {
    return new DatabaseSync(`${dataDir}/vigie.lock`, { timeout: 0 });
  } catch (error) {
    throw new StartError(`the data directory ${dataDir} cannot be written to`, { cause: error });
  }
}
