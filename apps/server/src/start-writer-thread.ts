import { Worker } from 'node:worker_threads';

/**
 * Starts the store writer's thread, which loads its half of the program by itself while the caller loads the other;
 * `threadedWriter` gives it the database. Until then it keeps no process alive.
 */
export function startWriterThread(): Worker {
  const thread = new Worker(new URL('./writer-thread.ts', import.meta.url));
  thread.unref();
  return thread;
}
