/** Runs a program as a shell or `timeout` would: its output passes through, signals reach it, its end is told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

export interface ProgramOptions {
  command: string;
  args: readonly string[];
  /** Milliseconds after which it is stopped; null = as long as it takes. */
  timeout: number | null;
  /** Each part of what it prints, on either stream. */
  onOutput(part: Buffer): void;
}

export interface ProgramEnd {
  /** As a shell says it: 128 + n for a signal, 124 for the timeout, 126 and 127 for what could not be started. */
  status: number;
  /** What the exit status alone does not say; null for a program that ended by itself. */
  reason: string | null;
}

/** Exit statuses of `timeout` and of the shell. */
const TIMED_OUT = 124;
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;
const SIGNALLED = 128;
/** Milliseconds from SIGTERM to SIGKILL. */
const KILL_AFTER = 10_000;
/** Milliseconds that what it left running may keep its output open. */
const OUTPUT_AFTER_END = 1_000;

/** Signals that are passed on. */
const PASSED_ON = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/** Those that a terminal sends to all programs of a line by itself. */
const OF_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT']);

/** Runs it to its end. Never throws for what the program does. */
export async function runProgram(options: ProgramOptions): Promise<ProgramEnd> {
  // Away from a terminal it leads a group, so that a signal reaches what it started too. On a terminal it stays in
  // ours: the terminal itself tells it of Ctrl-C, and it may ask questions.
  const leads = process.stdin.isTTY !== true;
  const child = spawn(options.command, options.args, { stdio: ['inherit', 'pipe', 'pipe'], detached: leads });
  const ended = endOf(child);
  const send = (signal: NodeJS.Signals): void => signalTo(child, signal, leads);
  using _ = passSignals(send, leads);
  passOutput(child, options.onOutput);
  const stopping = new AbortController();
  const stopped = options.timeout === null ? null : stopAfter(options.timeout, send, stopping.signal);
  const end = await ended;
  stopping.abort();
  return (await stopped) === true ? timedOut(options.timeout ?? 0) : end;
}

function timedOut(timeout: number): ProgramEnd {
  return { status: TIMED_OUT, reason: `stopped: it took longer than ${timeout / 1000} s` };
}

async function endOf(child: ChildProcess): Promise<ProgramEnd> {
  try {
    const closed = once(child, 'close');
    closed.catch(() => undefined);
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    await Promise.race([closed, pause(OUTPUT_AFTER_END, undefined, { ref: false })]);
    if (signal === null) return { status: code ?? 0, reason: null };
    return { status: SIGNALLED + constants.signals[signal], reason: `ended by ${signal}` };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const status = error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
    return { status, reason: `it cannot be started: ${error.message}` };
  }
}

function passOutput(child: ChildProcess, onOutput: (part: Buffer) => void): void {
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    if (from === null) continue;
    from.on('data', onOutput);
    from.pipe(to, { end: false });
    // Whoever read our output is gone: the program learns of it as if it had written to them.
    to.on('error', () => from.destroy());
  }
}

function signalTo(child: ChildProcess, signal: NodeJS.Signals, group: boolean): void {
  if (child.pid === undefined) return;
  try {
    process.kill(group ? -child.pid : child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function passSignals(send: (signal: NodeJS.Signals) => void, leads: boolean): Disposable {
  const pass = (signal: NodeJS.Signals): void => {
    if (leads || !OF_TERMINAL.has(signal)) send(signal);
  };
  for (const signal of PASSED_ON) process.on(signal, pass);
  return {
    [Symbol.dispose]() {
      for (const signal of PASSED_ON) process.off(signal, pass);
    },
  };
}

/** Ends the program when its time is over; says whether it had to. */
async function stopAfter(
  timeout: number,
  send: (signal: NodeJS.Signals) => void,
  over: AbortSignal,
): Promise<boolean> {
  if (!(await passes(timeout, over))) return false;
  send('SIGTERM');
  if (await passes(KILL_AFTER, over)) send('SIGKILL');
  return true;
}

/** Whether that time passes before the program is over. */
async function passes(milliseconds: number, over: AbortSignal): Promise<boolean> {
  return pause(milliseconds, true, { signal: over }).catch(() => false);
}
