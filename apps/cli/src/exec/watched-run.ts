/** A run of a program that a check is told of: its start, its end, and what it printed. */
import { randomUUID } from 'node:crypto';
import { type Ping, sendPing, type Taken } from '../client/ping-sender.ts';
import { OutputTail } from './output-tail.ts';
import { type ProgramOptions, runProgram } from './run-program.ts';

/** Bytes of a body that servers keep unless told. */
const BODY_LIMIT = 10_000;
/** Bytes of output that are kept, whatever a server would take. */
const LONGEST_TAIL = 1_048_576;
/** Milliseconds that the report of the start is tried while the program runs, which does not wait for it. */
const START_WITHIN = 5_000;
/** Milliseconds that the report of the end may take with all its tries. */
const END_WITHIN = 10_000;

export interface WatchedRunOptions extends Omit<ProgramOptions, 'onOutput'> {
  /** Where its pings go; rejects where that cannot be found out. */
  address(): Promise<string>;
  /** Whether what it prints goes with the report of its end. */
  withOutput: boolean;
  /** Says that a report did not arrive. */
  onLost(reason: string): void;
}

/**
 * Runs a program, whether or not the server can be reached. The reports of start and end have the same run id, so
 * that the server knows how long it took.
 * @returns the exit status of the program.
 */
export async function watchedRun(options: WatchedRunOptions): Promise<number> {
  const at = Date.now();
  const from = performance.now();
  const rid = randomUUID();
  const tail = new OutputTail(LONGEST_TAIL);
  const address = options.address();
  const over = new AbortController();
  const started = address
    .then((found) => sendPing({ address: found, report: 'start', rid, at }, START_WITHIN, over.signal))
    .catch((error: unknown) => reasonOf(error));
  const program = await runProgram({ ...options, onOutput: (part) => tail.add(part) });
  over.abort();
  const seconds = (performance.now() - from) / 1000;
  const end = { report: program.status, rid, at: Date.now() } as const;
  const taken = await started;
  const closing = closingLine(program.reason, typeof taken === 'string', program.status, seconds);
  const body = bodyOf(options.withOutput ? tail : null, closing, limitOf(taken));
  await report({ ...end, body }, address).catch((error: unknown) => options.onLost(reasonOf(error)));
  return program.status;
}

async function report(ping: Omit<Ping, 'address'>, address: Promise<string>): Promise<void> {
  await sendPing({ ...ping, address: await address }, END_WITHIN);
}

/** What the server cannot know from the two reports; empty where it knows all. */
function closingLine(reason: string | null, startLost: boolean, status: number, seconds: number): string {
  if (reason !== null) return `vigie exec: ${reason}, after ${seconds.toFixed(1)} s`;
  return startLost ? `vigie exec: exit status ${status} after ${seconds.toFixed(1)} s` : '';
}

function limitOf(taken: Taken | string): number {
  return typeof taken === 'string' ? BODY_LIMIT : Math.min(taken.bodyLimit ?? LONGEST_TAIL, LONGEST_TAIL);
}

/** The end of the output and the closing line, no longer than what the server keeps. */
function bodyOf(tail: OutputTail | null, closing: string, limit: number): Buffer {
  const last = Buffer.from(closing === '' ? '' : `${closing}\n`);
  const output = tail?.end(limit - last.length - 1) ?? Buffer.alloc(0);
  const parted = output.length === 0 || last.length === 0 || output.at(-1) === NEWLINE;
  return Buffer.concat([output, Buffer.from(parted ? '' : '\n'), last]);
}

const NEWLINE = 0x0a;

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
