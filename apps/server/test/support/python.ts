import { join } from 'node:path';
import { runProgram } from './program.ts';

/**
 * Fetches packages from PyPI into the folder; returns the variables with which `python3` finds them.
 * @throws when PyPI cannot be reached, or there is no pip.
 */
export async function pythonPackages(
  folder: string,
  packages: readonly string[],
): Promise<NodeJS.ProcessEnv> {
  const target = join(folder, 'python');
  const install = ['install', '--quiet', '--no-compile', '--retries', '1', '--target', target];
  const got = await runProgram(['python3', '-m', 'pip', ...install, ...packages]);
  if (got.code !== 0) throw new Error(`PyPI does not give ${packages.join(', ')}: ${got.output}`);
  return { ...process.env, PYTHONPATH: target };
}
