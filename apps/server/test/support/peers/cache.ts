/** Where servers that a test has fetched or built are kept: the next run finds them. */
import { resolve } from 'node:path';

const CACHE = resolve(import.meta.dirname, '../../../../../node_modules/.cache/peers');

/** The folder of one of them; `name` says its version too. */
export function cacheOf(name: string): string {
  return resolve(CACHE, name);
}
