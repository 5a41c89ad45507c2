import { randomUUID } from 'node:crypto';
import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { CommandTable } from './command.ts';
import type { Job } from './group.ts';
import { commitGroup, GROUP_LIMIT } from './group-commit.ts';
import { openStore } from './open.ts';
import { type GroupMessage, groupMessage, JobCodec, type JobMessage, type StartMessage } from './wire.ts';

/**
 * The thread's side of `threadedWriter`: the first message says which database, the others bring jobs.
 * `createCommands` makes the table of commands from the caller's options.
 */
export function serveWriter<T>(createCommands: (options: T) => CommandTable): void {
  if (parentPort === null) throw new Error('BUG: serveWriter runs in a worker thread only');
  const port = parentPort;
  port.once('message', (start: StartMessage<T>) => takeJobs(port, createCommands(start.options), start));
}

/**
 * Takes jobs from the parent, commits them in groups and answers in order. While one group waits for its fsync the
 * next one gathers. `null` ends it after the last job.
 */
function takeJobs(
  port: MessagePort,
  commands: CommandTable,
  { url, origin }: Pick<StartMessage, 'url' | 'origin'>,
): void {
  const store = openStore(url, { connections: 1 });
  const codec = new JobCodec(commands);
  let jobs: Job[] = [];
  let running = false;
  let closing = false;

  function take(message: JobMessage | null): void {
    if (message === null) closing = true;
    else jobs = jobs.length === 0 ? codec.read(message) : jobs.concat(codec.read(message));
  }

  /** On SQLite a group never leaves this turn of the event loop, so messages must be fetched. */
  function gather(): void {
    while (jobs.length < GROUP_LIMIT) {
      const received = receiveMessageOnPort(port);
      if (received === undefined) return;
      take(received.message as JobMessage | null);
    }
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (gather(); jobs.length > 0; gather()) port.postMessage(await commit(jobs.splice(0, GROUP_LIMIT)));
    running = false;
    if (!closing) return;
    await store.close();
    port.close();
  }

  async function commit(group: Job[]): Promise<GroupMessage> {
    try {
      const { outcomes, effects } = await commitGroup(store, commands, group, { newId: randomUUID, origin });
      return groupMessage(outcomes, effects);
    } catch (error) {
      return groupMessage(
        group.map(() => ({ ok: false, error })),
        [],
      );
    }
  }

  port.on('message', (message: JobMessage | null) => {
    take(message);
    void run();
  });
}
