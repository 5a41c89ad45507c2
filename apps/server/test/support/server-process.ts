/** The real server as a process of its own: started, killed, wrapped in a tracer. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Milliseconds until a server that says nothing counts as stuck; a traced one is slow. */
const START_WITHIN = 30_000;
/** Characters of its output that are kept for a failing test. */
const OUTPUT_LIMIT = 20_000;

export interface ProcessOptions {
  dataDir: string;
  env?: Record<string, string>;
  /** A command that runs the server's command, e.g. `strace -f`. */
  wrapper?: readonly string[];
}

export interface ServerProcess extends AsyncDisposable {
  url: string;
  port: number;
  /** Of the server itself, whatever wraps it. */
  pid: number;
  /** Milliseconds from the start of the process to the line that says it takes pings. */
  startedIn: number;
  /** What it wrote last. */
  output(): string;
  /** Sends the signal and waits until the process, and what wraps it, is gone; returns its exit code. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/** A server that ended instead of taking pings. */
export class StartFailed extends Error {
  readonly code: number | null;

  constructor(code: number | null, output: string) {
    super(`the server ended with code ${code}:\n${output}`);
    this.name = 'StartFailed';
    this.code = code;
  }
}

/** Starts the server's command on a free port. @throws StartFailed when it ends before it takes pings. */
export async function spawnServer(options: ProcessOptions): Promise<ServerProcess> {
  const from = performance.now();
  const [command = process.execPath, ...args] = [...(options.wrapper ?? []), process.execPath, MAIN];
  const child = spawn(command, args, { env: environment(options), stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'close');
  let output = '';
  const keep = (text: string): void => {
    output = (output + text).slice(-OUTPUT_LIMIT);
  };
  child.stderr.setEncoding('utf8').on('data', keep);
  const { url, pid } = await firstWords(child, keep).catch(async (error: unknown) => {
    child.kill('SIGKILL');
    const [code] = (await gone) as [number | null];
    throw error instanceof Error ? error : new StartFailed(code, output);
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) kill(pid, signal);
    await gone;
    return child.exitCode;
  };
  return {
    url,
    port: Number(new URL(url).port),
    pid,
    startedIn: performance.now() - from,
    output: () => output,
    end,
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
    },
  };
}

function environment(options: ProcessOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    HOME: options.dataDir,
    VIGIE_HOST: '127.0.0.1',
    VIGIE_PORT: '0',
    VIGIE_SMTP_PORT: 'off',
    VIGIE_DATA_DIR: options.dataDir,
    VIGIE_ADMIN_TOKEN: 'an-admin-token-for-tests-only',
    ...options.env,
  };
}

/** Resolves with what the server says once it takes pings; rejects with null when it ends before. */
async function firstWords(
  child: ChildProcess,
  keep: (text: string) => void,
): Promise<{ url: string; pid: number }> {
  if (child.stdout === null) throw new Error('BUG: the output is not piped');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server does not start')), START_WITHIN);
    child.once('error', reject);
    child.once('exit', () => reject(null));
    lines.on('line', (line) => {
      keep(`${line}\n`);
      if (!line.includes('Vigie takes pings')) return;
      clearTimeout(timer);
      resolve(JSON.parse(line) as { url: string; pid: number });
    });
    child.once('close', () => clearTimeout(timer));
  });
}

/** The process may have ended by itself a moment ago. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
