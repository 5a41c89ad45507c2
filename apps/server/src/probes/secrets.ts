import { readFileSync } from 'node:fs';

/** How a secret that probes may use is given to the server: `VIGIE_PROBE_SECRET_<NAME>`, or that with `_FILE`. */
export const SECRET_PREFIX = 'VIGIE_PROBE_SECRET_';
const FILE_SUFFIX = '_FILE';

/**
 * The value of a secret by the name that settings refer to it by; undefined = there is none. Only variables of the
 * prefix can be reached: whoever may make probes can send what they hold anywhere. A file is read anew each time, so
 * that a rotated secret counts at once.
 */
export function probeSecret(name: string, env: Record<string, string | undefined>): string | undefined {
  const value = env[SECRET_PREFIX + name];
  if (value !== undefined) return value;
  const path = env[SECRET_PREFIX + name + FILE_SUFFIX];
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
