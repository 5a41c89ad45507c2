/** How BullMQ 3 to 6 keep a queue in Redis. */
import type { RedisConnection } from '../../resp/connection.ts';

/** States of jobs by the key that holds them, and how to count it. */
const LISTS = ['wait', 'paused', 'active'] as const;
const SORTED_SETS = ['prioritized', 'delayed', 'failed', 'completed', 'waiting-children'] as const;

/** Milliseconds within which a failed job is a recent one. */
const RECENT = 300_000;
/** A delayed job's score is its time in ms, shifted to leave room for an order. */
const DELAY_SHIFT = 4_096;

export interface QueueState {
  /** Jobs by state; `wait` includes those that wait while the queue is paused. */
  jobs: Record<string, number>;
  isPaused: boolean;
  /** Jobs that failed in the last five minutes. */
  failedRecently: number;
  /** Seconds that the next job has waited; 0 = none waits. */
  oldestWaiting: number;
  /** Seconds by which the first delayed job is overdue; 0 = none is. */
  overdue: number;
}

/** Null = there is no such queue. `now` is epoch ms. @throws ProbeFailure */
export async function queueState(
  redis: RedisConnection,
  key: string,
  now: number,
): Promise<QueueState | null> {
  const at = (part: string): string => `${key}:${part}`;
  const parts = [...LISTS, ...SORTED_SETS];
  const [exists, paused, failedRecently, ...counts] = await Promise.all([
    redis.command('EXISTS', ...['meta', 'id', ...parts].map(at)),
    redis.command('HGET', at('meta'), 'paused'),
    redis.command('ZCOUNT', at('failed'), now - RECENT, '+inf'),
    ...parts.map((part) => redis.command(isList(part) ? 'LLEN' : 'ZCARD', at(part))),
  ]);
  if (exists === 0) return null;
  const jobs = Object.fromEntries(parts.map((part, index) => [part, Number(counts[index])]));
  const { wait = 0, paused: pausedJobs = 0, ...others } = jobs;
  return {
    jobs: { wait: wait + pausedJobs, ...others },
    isPaused: paused !== null || pausedJobs > 0,
    failedRecently: Number(failedRecently),
    oldestWaiting: await oldestWaiting(redis, key, now),
    overdue: await overdue(redis, at('delayed'), now),
  };
}

function isList(part: string): boolean {
  return LISTS.some((list) => list === part);
}

/** Version 5 moves waiting jobs to another list while the queue is paused, version 6 does not. */
async function oldestWaiting(redis: RedisConnection, key: string, now: number): Promise<number> {
  const ages = await Promise.all(
    ['wait', 'paused'].map(async (list) => {
      const id = await redis.command('LINDEX', `${key}:${list}`, -1);
      if (typeof id !== 'string') return 0;
      // A marker of versions before 5 has no job.
      const since = await redis.command('HGET', `${key}:${id}`, 'timestamp');
      return since === null ? 0 : secondsSince(Number(since), now);
    }),
  );
  return Math.max(...ages);
}

async function overdue(redis: RedisConnection, delayed: string, now: number): Promise<number> {
  const first = await redis.command('ZRANGE', delayed, 0, 0, 'WITHSCORES');
  const score = Array.isArray(first) ? Number(first[1]) : Number.NaN;
  return Number.isNaN(score) ? 0 : secondsSince(Math.floor(score / DELAY_SHIFT), now);
}

function secondsSince(time: number, now: number): number {
  return Math.max(0, (now - time) / 1000) || 0;
}
