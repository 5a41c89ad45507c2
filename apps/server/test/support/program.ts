/** Other people's programs, run as their users run them. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Milliseconds; a compiler on a busy machine takes its time. */
const LONGEST = 90_000;

/** What a program wrote and how it ended. */
export interface Ended {
  code: number;
  output: string;
}

/** Runs a program to its end, whatever that is. `env` instead of this process's variables. */
export async function runProgram(
  [command = '', ...args]: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Ended> {
  try {
    const { stdout, stderr } = await run(command, args, { timeout: LONGEST, ...options });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'number')) throw error;
    return { code: error.code, output: error.message };
  }
}

export function isInstalled(program: string): boolean {
  return spawnSync('which', [program]).status === 0;
}
