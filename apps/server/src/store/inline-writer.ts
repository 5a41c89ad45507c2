import type { Clock } from '../clock.ts';
import type { CommandTable, Writer } from './command.ts';
import type { Job, Outcome } from './group.ts';
import { commitGroup, GROUP_LIMIT } from './group-commit.ts';
import type { Store } from './open.ts';
import type { Effect } from './tx.ts';

/** What a writer needs beside the store. */
export interface WriterOptions<T extends CommandTable> {
  commands: T;
  clock: Clock;
  newId(): string;
  /** By which mark other nodes know this one, where there are any. */
  origin?: string;
  /** Called after each group, once it is durable and before its callers hear of it. */
  onEffects(effects: Effect[]): void;
}

interface Waiting {
  job: Job;
  settle(outcome: Outcome): void;
}

/**
 * The writer without a thread: the same groups, commands and store code in the caller's thread.
 * For tests, the simulation and the command line.
 */
export function inlineWriter<T extends CommandTable>(store: Store, options: WriterOptions<T>): Writer<T> {
  const queue: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (queue.length > 0) {
      const group = queue.splice(0, GROUP_LIMIT);
      try {
        const jobs = group.map((waiting) => waiting.job);
        const { outcomes, effects } = await commitGroup(store, options.commands, jobs, {
          newId: options.newId,
          origin: options.origin ?? '',
        });
        if (effects.length > 0) options.onEffects(effects);
        group.forEach((waiting, i) => {
          waiting.settle(outcomes[i] ?? { ok: false, error: new Error('BUG: job without outcome') });
        });
      } catch (error) {
        for (const waiting of group) waiting.settle({ ok: false, error });
      }
    }
    running = false;
  }

  return {
    run(name, input) {
      return new Promise((resolve, reject) => {
        const settle = (outcome: Outcome): void => {
          if (outcome.ok) resolve(outcome.value as never);
          else reject(outcome.error);
        };
        queue.push({ job: { name, input, at: options.clock.now() }, settle });
        if (!running) void drain();
      });
    },
  };
}
