/** The `vigie` command as a process of its own, as people and crontabs run it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What Node runs. */
export const VIGIE = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url));

export interface Said {
  out: string;
  error: string;
  /** Null = ended by a signal. */
  code: number | null;
}

export interface CommandOptions {
  /** Variables that it sees beside PATH and what Node compiled before; none of the test's own. */
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  input?: string;
}

/** Starts it and lets it run. */
export function startVigie(
  words: readonly string[],
  options: CommandOptions = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [VIGIE, ...words], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...options.env,
    },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  child.stdin.end(options.input ?? '');
  return child;
}

/** What it said, once it is over. */
export async function endOfVigie(child: ChildProcessWithoutNullStreams): Promise<Said> {
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { out, error, code };
}

/** Runs it to its end, whatever that is. */
export function runVigie(words: readonly string[], options: CommandOptions = {}): Promise<Said> {
  return endOfVigie(startVigie(words, options));
}
