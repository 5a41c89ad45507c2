/**
 * Builds the packages that are published, and that the container image holds:
 * `node scripts/build-packages.ts <folder> [--no-types]`. The folder gets the layout of the repository.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyBuilt } from './copy-built.ts';
import { stripPackage } from './strip-package.ts';

/** Workspaces that are published; libraries come with declarations. */
const PACKAGES = [
  'packages/schedule',
  'packages/contract',
  'packages/client',
  'packages/series',
  'packages/exposition',
  'packages/promql',
  'packages/tsdb',
  'packages/gotemplate',
  'apps/server',
  'apps/cli',
] as const;
/** The workspace that is a build's result as it lies there. */
const WEB = 'apps/web';

const [folder, option] = process.argv.slice(2);
if (folder === undefined || (option !== undefined && option !== '--no-types')) {
  console.error('Usage: node scripts/build-packages.ts <folder> [--no-types]');
  process.exit(2);
}
const root = fileURLToPath(new URL('..', import.meta.url));
for (const source of PACKAGES) {
  const target = join(resolve(folder), source);
  rmSync(target, { recursive: true, force: true });
  stripPackage(root, source, target, option === undefined && source.startsWith('packages/'));
  console.log(target);
}
execFileSync(process.execPath, [join(root, 'scripts/build-web.js')], { stdio: 'inherit' });
const web = join(resolve(folder), WEB);
rmSync(web, { recursive: true, force: true });
copyBuilt(root, WEB, web);
console.log(web);
