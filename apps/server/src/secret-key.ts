import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Characters of a generated key; a file with fewer was torn. */
const LENGTH = 64;

/**
 * The configured secret key, else the one kept in the data directory, made at the first start.
 * @throws when the kept one is torn: signing with an empty key would let anybody in.
 */
export function secretKeyFor(configured: string | null, dataDir: string): string {
  if (configured !== null) return configured;
  const kept = keptSecretKey(dataDir);
  if (kept !== null) return kept;
  const key = randomBytes(LENGTH / 2).toString('hex');
  draftSecretKey(dataDir, key).put();
  return key;
}

/** The key kept in the data directory; null when there is none. @throws when it is torn. */
export function keptSecretKey(dataDir: string): string | null {
  const path = pathOf(dataDir);
  if (!existsSync(path)) return null;
  const kept = readFileSync(path, 'utf8').trim();
  if (kept.length >= LENGTH) return kept;
  throw new Error(`the secret key in ${path} is torn: restore it, or delete it to make a new one`);
}

/** A key that is on disk and not in force yet. */
export interface SecretKeyDraft extends Disposable {
  /** Puts it in the place of the kept one. */
  put(): void;
}

/** Writes a key beside the kept one; gone when disposed, unless it was put in its place. */
export function draftSecretKey(dataDir: string, key: string): SecretKeyDraft {
  const path = pathOf(dataDir);
  const draft = `${path}.new`;
  // On disk before it has its name: a power cut never leaves half a key.
  rmSync(draft, { force: true });
  writeFileSync(draft, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return {
    put: () => renameSync(draft, path),
    [Symbol.dispose]: () => rmSync(draft, { force: true }),
  };
}

function pathOf(dataDir: string): string {
  return join(dataDir, 'secret_key');
}
