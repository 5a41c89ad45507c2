import { randomUUID } from 'node:crypto';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { toErrorRecord } from '../errors.ts';
import type { CommandTable } from './command.ts';
import { commitGroup, GROUP_LIMIT, type Job } from './group-commit.ts';
import { openStore } from './open.ts';
import type { GroupMessage, JobMessage } from './threaded-writer.ts';

/**
 * The thread's side of `threadedWriter`: takes jobs from the parent, commits them in groups and answers.
 * While one group waits for its fsync the next one gathers.
 */
export function serveWriter(commands: CommandTable): void {
  if (parentPort === null) throw new Error('BUG: serveWriter runs in a worker thread only');
  const port = parentPort;
  const { url } = workerData as { url: string };
  const store = openStore(url, { connections: 1 });
  const ids: number[] = [];
  const jobs: Job[] = [];
  let running = false;
  let closing = false;

  function take(message: JobMessage | null): void {
    if (message === null) {
      closing = true;
      return;
    }
    message.jobs.forEach((job, i) => {
      ids.push(message.first + i);
      jobs.push(job);
    });
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
    for (gather(); jobs.length > 0; gather()) {
      const groupIds = ids.splice(0, GROUP_LIMIT);
      const groupJobs = jobs.splice(0, GROUP_LIMIT);
      port.postMessage(await commit(groupIds, groupJobs));
    }
    running = false;
    if (closing) await shut();
  }

  async function commit(groupIds: number[], groupJobs: Job[]): Promise<GroupMessage> {
    const message: GroupMessage = { ids: groupIds, values: [], errors: [], effects: [] };
    try {
      const { outcomes, effects } = await commitGroup(store, commands, groupJobs, randomUUID);
      message.effects = effects;
      outcomes.forEach((outcome, i) => {
        if (outcome.ok) message.values[i] = outcome.value;
        else message.errors.push([i, toErrorRecord(outcome.error)]);
      });
    } catch (error) {
      const record = toErrorRecord(error);
      message.errors = groupIds.map((_, i) => [i, record]);
    }
    return message;
  }

  async function shut(): Promise<void> {
    await store.close();
    port.close();
  }

  port.on('message', (message: JobMessage | null) => {
    take(message);
    void run();
  });
}
