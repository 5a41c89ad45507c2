import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that goes away with its test; `parent` = where, the system's place by default. */
export function tempFolder(name: string, parent: string = tmpdir()): { path: string } & Disposable {
  const path = mkdtempSync(join(parent, `vigie-${name}-`));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
