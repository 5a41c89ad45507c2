import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';

const require = createRequire(import.meta.url);

/**
 * Compiles an RE2 expression. The library is loaded with the first one: servers without do without its megabytes,
 * and in a transaction there is no waiting for an import.
 * @throws the library's error when it is none.
 */
export function compileRe2(expression: string): RE2JS {
  const library = require('re2js') as typeof import('re2js');
  return library.RE2JS.compile(expression);
}
