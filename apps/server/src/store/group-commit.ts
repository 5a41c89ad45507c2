import type { CommandTable } from './command.ts';
import { isDamage, isRetriable, unavailable } from './failures.ts';
import { type Committed, Group, type GroupSource, type Job, type Outcome } from './group.ts';
import type { Store } from './open.ts';

/** Jobs that may share one transaction; bounds its memory and the time a reader of its result waits. */
export const GROUP_LIMIT = 2048;
/** Times a group is tried anew after a deadlock or a lost connection. */
const RETRIES = 3;

/**
 * Runs a group of jobs in one transaction, again where a new try can help. The commit (one fsync) covers all. No
 * outcome exists before the commit returned.
 * @throws AppError `unavailable` when the store cannot write: nothing was changed.
 */
export async function commitGroup(
  store: Store,
  commands: CommandTable,
  jobs: Job[],
  source: GroupSource,
): Promise<Committed> {
  for (let attempt = 1; ; attempt++) {
    const group = new Group(store, commands, jobs, source);
    try {
      return await group.commit();
    } catch (error) {
      if (!group.committing && isDamage(error) && jobs.length > 1) {
        return commitHalves(store, commands, jobs, source);
      }
      // Perhaps it is durable, and only the answer was lost: whoever is told of its effects looks at the rows.
      if (group.committing) return { outcomes: failed(jobs, unavailable(error)), effects: group.effects };
      if (attempt > RETRIES || !isRetriable(error)) throw unavailable(error);
    }
  }
}

/** A job that met a damaged page spoils its transaction: halving finds it, and lets the others through. */
async function commitHalves(
  store: Store,
  commands: CommandTable,
  jobs: Job[],
  source: GroupSource,
): Promise<Committed> {
  const middle = jobs.length >> 1;
  const both: Committed = { outcomes: [], effects: [] };
  for (const half of [jobs.slice(0, middle), jobs.slice(middle)]) {
    try {
      const { outcomes, effects } = await commitGroup(store, commands, half, source);
      both.outcomes.push(...outcomes);
      both.effects.push(...effects);
    } catch (error) {
      both.outcomes.push(...failed(half, error));
    }
  }
  return both;
}

function failed(jobs: Job[], error: unknown): Outcome[] {
  return jobs.map(() => ({ ok: false, error }));
}
