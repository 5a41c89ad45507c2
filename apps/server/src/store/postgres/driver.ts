import { createRequire } from 'node:module';
import type pg from 'pg';

const require = createRequire(import.meta.url);

/** The client library, loaded when first asked for: servers on SQLite do without its megabytes. */
export function driver(): typeof pg {
  return require('pg') as typeof pg;
}
