import { Worker } from 'node:worker_threads';
import { AppError, type ErrorRecord, fromErrorRecord } from '../errors.ts';
import type { CommandTable, Writer } from './command.ts';
import type { Job } from './group-commit.ts';
import type { WriterOptions } from './inline-writer.ts';
import type { Effect } from './tx.ts';

/** To the thread: jobs with the number by which their outcome comes back. */
export interface JobMessage {
  first: number;
  jobs: Job[];
}

/** From the thread, once a group is durable (or has failed). */
export interface GroupMessage {
  /** Numbers of the jobs, one for each outcome. */
  ids: number[];
  values: unknown[];
  /** By position in `ids`; absent positions succeeded. */
  errors: [number, ErrorRecord][];
  effects: Effect[];
}

/** Jobs that may wait for the store; beyond it callers hear `unavailable` at once. */
const QUEUE_LIMIT = 100_000;

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
}

export interface ThreadedWriterOptions<T extends CommandTable>
  extends Pick<WriterOptions<T>, 'clock' | 'onEffects'> {
  /** Plain data for the thread's own table of commands. */
  workerOptions: unknown;
  /** The thread died: no write succeeds any more. */
  onFailure(error: Error): void;
}

/** A writer on its own thread; `close` waits for what was accepted. */
export interface ThreadedWriter<T extends CommandTable> extends Writer<T> {
  close(): Promise<void>;
  /** Jobs that wait for their commit. */
  queued(): number;
}

/**
 * Starts the writer's thread on the database at `url`. `entry` is the module that knows the commands
 * (it calls `serveWriter`). Jobs of one turn of the event loop travel in one message.
 */
export function threadedWriter<T extends CommandTable>(
  url: string,
  entry: URL,
  options: ThreadedWriterOptions<T>,
): ThreadedWriter<T> {
  const worker = new Worker(entry, { workerData: { url, options: options.workerOptions } });
  const waiting = new Map<number, Waiting>();
  let outgoing: Job[] = [];
  let next = 0;
  let failure: AppError | null = null;
  let idle: (() => void) | null = null;

  function flush(): void {
    if (outgoing.length === 0) return;
    const message: JobMessage = { first: next - outgoing.length, jobs: outgoing };
    outgoing = [];
    worker.postMessage(message);
  }

  worker.on('message', (group: GroupMessage) => {
    if (group.effects.length > 0) options.onEffects(group.effects);
    const errors = new Map(group.errors);
    group.ids.forEach((id, i) => {
      const caller = waiting.get(id);
      waiting.delete(id);
      const error = errors.get(i);
      if (error === undefined) caller?.resolve(group.values[i] as never);
      else caller?.reject(fromErrorRecord(error));
    });
    if (waiting.size === 0) idle?.();
  });

  function fail(error: Error): void {
    if (failure !== null) return;
    failure = new AppError('unavailable', `the store writer has stopped: ${error.message}`, { cause: error });
    for (const caller of waiting.values()) caller.reject(failure);
    waiting.clear();
    idle?.();
    options.onFailure(failure);
  }
  let closing = false;
  worker.on('error', fail);
  worker.on('exit', (code) => {
    if (!closing) fail(new Error(`exit code ${code}`));
  });

  return {
    run(name, input) {
      return new Promise((resolve, reject) => {
        if (failure !== null || closing) {
          reject(failure ?? new AppError('unavailable', 'the server is stopping'));
          return;
        }
        if (waiting.size >= QUEUE_LIMIT) {
          reject(new AppError('unavailable', `the store is behind: ${QUEUE_LIMIT} writes are waiting`));
          return;
        }
        waiting.set(next++, { resolve, reject });
        if (outgoing.length === 0) setImmediate(flush);
        outgoing.push({ name, input, at: options.clock.now() });
      });
    },
    queued: () => waiting.size,
    async close() {
      closing = true;
      flush();
      if (waiting.size > 0 && failure === null) {
        await new Promise<void>((resolve) => {
          idle = resolve;
        });
      }
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage(null);
      if (failure === null) await exited;
    },
  };
}
