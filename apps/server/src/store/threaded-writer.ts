import type { Worker } from 'node:worker_threads';
import { AppError, fromErrorRecord } from '../errors.ts';
import type { CommandTable, Writer } from './command.ts';
import type { WriterOptions } from './inline-writer.ts';
import { type GroupMessage, JobCodec, type StartMessage } from './wire.ts';

/** Jobs that may wait for the store; beyond it callers hear `unavailable` at once. */
const QUEUE_LIMIT = 100_000;

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
}

export interface ThreadedWriterOptions<T extends CommandTable>
  extends Pick<WriterOptions<T>, 'commands' | 'clock' | 'onEffects'> {
  /** Plain data from which the thread builds the same table of commands. */
  workerOptions: unknown;
  /** The mark by which this node knows its own messages again. */
  origin: string;
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
 * Puts a thread to work on the database at `url`; its module knows the commands and calls `serveWriter`.
 * Jobs of one turn of the event loop travel in one message.
 */
export function threadedWriter<T extends CommandTable>(
  url: string,
  worker: Worker,
  options: ThreadedWriterOptions<T>,
): ThreadedWriter<T> {
  const start: StartMessage = { url, origin: options.origin, options: options.workerOptions };
  worker.postMessage(start);
  worker.ref();
  const codec = new JobCodec(options.commands);
  const callers = new CallerQueue();
  let outgoing = codec.empty();
  let failure: AppError | null = null;
  let closing = false;

  function flush(): void {
    if (outgoing.commands.length === 0) return;
    worker.postMessage(outgoing);
    outgoing = codec.empty();
  }

  worker.on('message', (group: GroupMessage) => {
    if (group.effects.length > 0) options.onEffects(group.effects);
    const errors = group.errors.length === 0 ? null : new Map(group.errors);
    group.values.forEach((value, i) => {
      const caller = callers.shift();
      const error = errors?.get(i);
      if (error === undefined) caller?.resolve(value as never);
      else caller?.reject(fromErrorRecord(error));
    });
  });

  function fail(error: Error): void {
    if (failure !== null) return;
    failure = new AppError('unavailable', `the store writer has stopped: ${error.message}`, { cause: error });
    for (let caller = callers.shift(); caller !== undefined; caller = callers.shift()) caller.reject(failure);
    options.onFailure(failure);
  }
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
        if (callers.size >= QUEUE_LIMIT) {
          reject(new AppError('unavailable', `the store is behind: ${QUEUE_LIMIT} writes are waiting`));
          return;
        }
        if (outgoing.commands.length === 0) setImmediate(flush);
        codec.add(outgoing, { name, input, at: options.clock.now() });
        callers.push({ resolve, reject });
      });
    },
    queued: () => callers.size,
    async close() {
      closing = true;
      flush();
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage(null);
      if (failure === null) await exited;
    },
  };
}

/** Who waits for an outcome, in order of sending. */
class CallerQueue {
  #items: Waiting[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(caller: Waiting): void {
    this.#items.push(caller);
  }

  shift(): Waiting | undefined {
    const caller = this.#items[this.#head];
    if (caller === undefined) return undefined;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return caller;
  }
}
