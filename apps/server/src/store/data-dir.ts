import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a data directory, for its owner alone, with the directories above it that are missing. They are made one
 * by one: Node's own `recursive` never returns where the system refuses with ENOENT, as under /proc.
 * @throws the system's error, with its code, when one of them cannot be made.
 */
export function makeDataDir(dataDir: string): void {
  const path = resolve(dataDir);
  if (isDirectory(path)) return;
  makeDataDir(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it a moment ago.
    if (!isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
