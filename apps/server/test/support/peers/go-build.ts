/** Servers that Go builds from their source, of its module proxy: they are run here, never bundled. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isInstalled } from '../program.ts';

const run = promisify(execFile);
/** Milliseconds: three times what the longest takes two cores. What was compiled until then is there the next time. */
const BUILT_WITHIN = 1_200_000;

export interface GoProgram {
  /** Where its source is from, `module@version`; null = it is all in `files`. */
  source: string | null;
  /** Texts that are put in, by path. */
  files: Readonly<Record<string, string>>;
  /** What is built, e.g. `./cmd/server`. */
  main: string;
  /** Of `go build`. */
  flags?: readonly string[];
}

/**
 * Builds a program, unless it is there.
 * @returns why it cannot be had; null = it is there.
 */
export async function buildGo(program: string, wanted: GoProgram): Promise<string | null> {
  if (existsSync(program)) return null;
  if (!isInstalled('go')) return 'go is not installed';
  const folder = `${program}.${process.pid}`;
  try {
    await build(folder, wanted);
    mkdirSync(dirname(program), { recursive: true });
    renameSync(join(folder, BUILT), program);
    return null;
  } catch (error) {
    return `it cannot be built: ${String(error).slice(-300)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const BUILT = 'built-program';

async function build(folder: string, { source, files, main, flags = [] }: GoProgram): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (source !== null) {
    const { stdout } = await run('go', ['mod', 'download', '-json', source]);
    const { Dir } = JSON.parse(stdout);
    // Modules are kept read-only.
    await run('cp', ['-r', '--no-preserve=mode', `${Dir}/.`, folder]);
  }
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const env = { ...process.env, GOFLAGS: '-p=2 -buildvcs=false', GOWORK: 'off' };
  await run('go', ['build', ...flags, '-o', BUILT, main], { cwd: folder, env, timeout: BUILT_WITHIN });
}
