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
  const path = join(dataDir, 'secret_key');
  if (existsSync(path)) {
    const kept = readFileSync(path, 'utf8').trim();
    if (kept.length >= LENGTH) return kept;
    throw new Error(`the secret key in ${path} is torn: restore it, or delete it to make a new one`);
  }
  const key = randomBytes(LENGTH / 2).toString('hex');
  // On disk before it has its name: a power cut never leaves half a key.
  rmSync(`${path}.new`, { force: true });
  writeFileSync(`${path}.new`, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(`${path}.new`, path);
  return key;
}
