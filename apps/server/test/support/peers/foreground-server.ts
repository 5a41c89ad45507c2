/** Other people's servers, as children of the test: started in the foreground, awaited, stopped by their own pid. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../until.ts';

/** Characters of its output that are kept, to tell why it failed. */
const OUTPUT_LIMIT = 20_000;
/** Milliseconds until a server that was asked to end is killed. */
const STOP_WITHIN = 15_000;

export interface ServerCommand {
  command: readonly [string, ...string[]];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Milliseconds that it may take to be ready; 20 s unless told. */
  within?: number;
  /** Whether it serves by now; what it wrote so far is handed in. */
  ready(output: string): boolean | Promise<boolean>;
}

export interface ForegroundServer extends AsyncDisposable {
  pid: number;
  /** What it wrote last. */
  output(): string;
  isRunning(): boolean;
  /** Sends a signal to it, and waits for nothing. */
  signal(name: NodeJS.Signals): void;
  /** Ends it by SIGTERM, or else SIGKILL. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it serves. @throws with its output when it ends or takes too long. */
export async function startForeground(given: ServerCommand): Promise<ForegroundServer> {
  const [program, ...args] = given.command;
  const child = spawn(program, args, {
    env: given.env ?? process.env,
    ...(given.cwd === undefined ? {} : { cwd: given.cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(child, 'close');
  gone.catch(() => undefined);
  let output = '';
  const keep = (text: string): void => {
    output = (output + text).slice(-OUTPUT_LIMIT);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.once('error', (error) => keep(String(error)));
  const isRunning = (): boolean =>
    child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    if (!isRunning()) return;
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN);
    child.kill('SIGTERM');
    await gone.finally(() => clearTimeout(killer));
  };
  try {
    await until(`${program} serves`, given.within ?? 20_000, async () => {
      if (!isRunning()) throw new Error(`${program} has ended`);
      return given.ready(output);
    });
  } catch (error) {
    await stop();
    throw new Error(`${program} does not start:\n${output}`, { cause: error });
  }
  return {
    pid: child.pid ?? 0,
    output: () => output,
    isRunning,
    signal: (name) => void child.kill(name),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
