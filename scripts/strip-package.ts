/** Turns a workspace of TypeScript sources into a package of plain JavaScript: Node strips no types under node_modules. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative } from 'node:path';

interface Manifest {
  name: string;
  bin?: Record<string, string>;
  exports?: Record<string, string>;
  [field: string]: unknown;
}

/** A relative TypeScript module in an import, an export, a `require` or a worker's URL. */
const SPECIFIER =
  /((?:\bfrom|\bimport|\bimport\(|\brequire\(|\bnew URL\()\s*)(['"])(\.{1,2}\/[^'"\n]+)\.ts\2/g;

/** How a source is named once its types are stripped: `./src/x.ts` -> `./dist/x.js`. */
function built(source: string): string {
  return source.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, '.js');
}

/**
 * Writes the package of the workspace `source` to the folder `target`: the modules that its exports and commands
 * reach, a manifest that points at them, its README and the licence. `types` adds declarations.
 */
export function stripPackage(root: string, source: string, target: string, types: boolean): void {
  const folder = join(root, source);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const entries = [...Object.values(manifest.exports ?? {}), ...Object.values(manifest.bin ?? {})];
  for (const module of reachable(folder, entries)) {
    const code = stripTypeScriptTypes(readFileSync(join(folder, module), 'utf8'));
    write(join(target, built(`./${module}`)), code.replace(SPECIFIER, '$1$2$3.js$2'));
  }
  if (types) writeDeclarations(root, folder, Object.values(manifest.exports ?? {}), target);
  write(join(target, 'package.json'), `${JSON.stringify(published(manifest, types), null, 2)}\n`);
  for (const file of [join(folder, 'README.md'), join(root, 'LICENSE')])
    if (existsSync(file)) cpSync(file, join(target, file.endsWith('README.md') ? 'README.md' : 'LICENSE'));
}

/** The modules of a package that its entries import, directly or not, as paths inside it. */
function reachable(folder: string, entries: string[]): Set<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const module = relative(folder, path);
    if (found.has(module)) return;
    found.add(module);
    for (const [, , , specifier] of readFileSync(path, 'utf8').matchAll(SPECIFIER))
      visit(join(dirname(path), `${specifier}.ts`));
  };
  for (const entry of entries) visit(join(folder, entry));
  return found;
}

function published(manifest: Manifest, types: boolean): Manifest {
  const { exports = {}, bin = {} } = manifest;
  const targets = Object.entries(exports).map(([path, source]) => {
    const js = built(source);
    return [path, types ? { types: js.replace(/\.js$/, '.d.ts'), default: js } : js];
  });
  const commands = Object.entries(bin).map(([name, source]) => [name, built(source)]);
  return {
    ...manifest,
    ...(targets.length > 0 ? { exports: Object.fromEntries(targets) } : {}),
    ...(commands.length > 0 ? { bin: Object.fromEntries(commands) } : {}),
    files: ['dist'],
  };
}

/** Declarations of what the exports reach. */
function writeDeclarations(root: string, folder: string, exports: string[], target: string): void {
  const dist = join(target, 'dist');
  const config = join(target, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: join(folder, 'src'),
    outDir: dist,
    typeRoots: [join(root, 'node_modules/@types')],
  };
  const files = exports.map((path) => join(folder, path));
  write(
    config,
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, files, include: [] }),
  );
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', config], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  } finally {
    rmSync(config);
  }
  for (const file of globSync('**/*.d.ts', { cwd: dist })) {
    const path = join(dist, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(SPECIFIER, '$1$2$3.js$2'));
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
