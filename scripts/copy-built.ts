/** Makes the package of a workspace that was built by its own tools: what it built, and who made it. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Files for the tools that build, of no use to who installs. */
const OF_TOOLS = new Set(['.built', '.vite']);

/**
 * Writes the package of the workspace `source` to the folder `target`: its `dist`, a manifest without what only
 * the build needs, and the licence.
 */
export function copyBuilt(root: string, source: string, target: string): void {
  const { devDependencies: _, ...manifest } = JSON.parse(
    readFileSync(join(root, source, 'package.json'), 'utf8'),
  ) as Record<string, unknown>;
  mkdirSync(target, { recursive: true });
  cpSync(join(root, source, 'dist'), join(target, 'dist'), {
    recursive: true,
    filter: (path) => !OF_TOOLS.has(basename(path)),
  });
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
}
