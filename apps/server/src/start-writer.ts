import { randomUUID } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import { type CommandOptions, type Commands, createCommands } from './commands.ts';
import type { Config } from './config/config.ts';
import type { EventHub } from './events.ts';
import { inlineWriter } from './store/inline-writer.ts';
import { openStore } from './store/open.ts';
import { type ThreadedWriter, threadedWriter } from './store/threaded-writer.ts';

/** Checks that one server holds at most. */
const CHECK_LIMIT = 2_000_000;

export interface StartWriterOptions {
  clock: Clock;
  log: Logger;
  /** The thread that it runs on; null = this one. */
  thread: Worker | null;
  events: EventHub;
  /** This node's mark. */
  origin: string;
  /** The thread died: no write succeeds any more. */
  onFailure(): void;
}

/** The store writer on a thread of its own, or in this one; publishes what became durable. */
export function startWriter(config: Config, options: StartWriterOptions): ThreadedWriter<Commands> {
  const { clock, log, events } = options;
  const workerOptions: CommandOptions = { checkLimit: CHECK_LIMIT };
  const onEffects = events.publish.bind(events);
  const commands = createCommands(workerOptions);
  if (options.thread !== null) {
    return threadedWriter(config.databaseUrl, options.thread, {
      commands,
      origin: options.origin,
      clock,
      onEffects,
      workerOptions,
      onFailure: (error) => {
        log.fatal({ error: error.message }, 'the store writer stopped');
        options.onFailure();
      },
    });
  }
  const store = openStore(config.databaseUrl, { connections: 1 });
  const { origin } = options;
  const writer = inlineWriter(store, { commands, clock, newId: randomUUID, origin, onEffects });
  return { ...writer, queued: () => 0, close: () => store.close() };
}
