import { ProbeFailure } from '../../failure.ts';
import { type Detail, defineProbe, type ProbeRun } from '../../kind.ts';
import type { RedisConnection } from '../../resp/connection.ts';
import { openRedis, REDIS_PORT } from '../../resp/open.ts';
import { instanceOf } from '../../setting-types.ts';
import { type QueueState, queueState } from './queue-state.ts';
import { type Settings, settings } from './settings.ts';
import { clientNames, workersOf } from './workers.ts';

/** Bytes of an answer: a list of ten thousand clients. */
const ANSWER_LIMIT = 8 * 1_048_576;

/** Queues of BullMQ, read from Redis as they are kept there. */
export const bullmq = defineProbe({
  kind: 'bullmq',
  title: 'BullMQ',
  up: 'bullmq_up',
  interval: 60,
  timeout: 5,
  settings,
  thresholds: [
    { metric: 'bullmq_jobs_unattended', op: '>', warning: 0, for: 2 },
    { metric: 'bullmq_oldest_waiting_seconds', op: '>', warning: 300, for: 2 },
  ],
  instance: ({ url }) => instanceOf(url, REDIS_PORT),
  async probe(settings, run) {
    using redis = await openRedis(settings, run, ANSWER_LIMIT);
    await run.phase('query', () => look(redis.connection, settings, run));
  },
});

async function look(redis: RedisConnection, settings: Settings, run: ProbeRun): Promise<void> {
  const { queues, prefix, min_workers } = settings;
  const names = await clientNames(redis);
  if (names === null && min_workers > 0) {
    throw new ProbeFailure(
      'forbidden',
      `${redis.place} does not let this user list its clients to count workers`,
    );
  }
  const details: Record<string, Detail> = {};
  const wrong: string[] = [];
  for (const name of queues) {
    const state = await queueState(redis, `${prefix}:${name}`, run.now());
    if (state === null)
      throw new ProbeFailure('not_found', `there is no queue ${name} with the prefix ${prefix}`);
    const workers = names === null ? null : workersOf(names, prefix, name);
    measure(name, state, workers, run);
    details[name] = detailOf(state, workers);
    if (workers !== null && workers < min_workers) wrong.push(`${name} has ${workers} of ${min_workers}`);
  }
  run.detail('queues', details);
  if (wrong.length > 0) throw new ProbeFailure('unhealthy', `too few workers: ${wrong.join(', ')}`);
}

function measure(queue: string, state: QueueState, workers: number | null, run: ProbeRun): void {
  for (const [name, count] of Object.entries(state.jobs)) {
    run.measure('bullmq_job_count', count, { queue, state: name });
  }
  run.measure('bullmq_queue_paused', state.isPaused ? 1 : 0, { queue });
  run.measure('bullmq_jobs_failed_recent', state.failedRecently, { queue });
  run.measure('bullmq_oldest_waiting_seconds', state.oldestWaiting, { queue });
  run.measure('bullmq_delayed_overdue_seconds', state.overdue, { queue });
  if (workers === null) return;
  run.measure('bullmq_workers', workers, { queue });
  run.measure('bullmq_jobs_unattended', workers === 0 ? waitingOf(state) : 0, { queue });
}

/** Jobs that a worker could take. */
function waitingOf({ jobs }: QueueState): number {
  return (jobs['wait'] ?? 0) + (jobs['prioritized'] ?? 0);
}

function detailOf(state: QueueState, workers: number | null): Detail {
  const { jobs, isPaused, oldestWaiting } = state;
  return { ...jobs, paused: isPaused, workers, oldest_waiting_seconds: Math.round(oldestWaiting) };
}
