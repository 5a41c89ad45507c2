import type { ProbeRun } from '../../kind.ts';
import type { QueueState, Unacknowledged } from './broker.ts';
import type { Settings } from './settings.ts';
import type { Worker } from './workers.ts';

/** Running tasks that details name. */
const MOST_SHOWN = 10;

/** Measures workers, by the names of the Celery exporter. `reached` null = the broker does not count them. */
export function measureWorkers(
  workers: readonly Worker[],
  reached: number | null,
  { nodes }: Pick<Settings, 'nodes'>,
  run: ProbeRun,
): void {
  run.measure('celery_workers_replied', workers.length);
  if (reached !== null) {
    run.measure('celery_workers_subscribed', reached);
    run.measure('celery_workers_mute', Math.max(0, reached - workers.length));
  }
  for (const node of missingOf(workers, nodes)) run.measure('celery_worker_up', 0, { hostname: node });
  for (const worker of workers) measureWorker(worker, run);
  run.detail('active_workers', workers.length);
  run.detail(
    'worker_details',
    workers.map(({ node }) => node),
  );
  run.detail('active_tasks', longest(workers, run.now()));
}

/** The expected workers that did not answer. */
export function missingOf(workers: readonly Worker[], nodes: readonly string[]): string[] {
  return nodes.filter((name) => !workers.some(({ node }) => node === name));
}

function measureWorker(worker: Worker, run: ProbeRun): void {
  const of = { hostname: worker.node };
  run.measure('celery_worker_up', 1, of);
  run.measure('celery_worker_uptime_seconds', worker.uptime, of);
  run.measure('celery_worker_concurrency', worker.concurrency, of);
  run.measure('celery_worker_maxrss_bytes', worker.maxRss, of);
  for (const [name, count] of worker.done) {
    run.measure('celery_worker_tasks_total', count, { hostname: worker.node, name });
  }
  if (worker.active === null) return;
  run.measure('celery_worker_tasks_active', worker.active.length, of);
  run.measure('celery_worker_longest_active_seconds', longest([worker], run.now())[0]?.seconds ?? 0, of);
}

interface ShownTask {
  worker: string;
  name: string;
  seconds: number;
  [key: string]: string | number;
}

function longest(workers: readonly Worker[], now: number): ShownTask[] {
  const running = workers.flatMap(({ node, active }) =>
    (active ?? []).flatMap(({ name, startedAt }) =>
      startedAt === null ? [] : [{ worker: node, name, seconds: Math.max(0, now / 1000 - startedAt) }],
    ),
  );
  return running.sort((a, b) => b.seconds - a.seconds).slice(0, MOST_SHOWN);
}

/** Measures queues; those that are not there yet have no length. */
export function measureQueues(
  queues: ReadonlyMap<string, QueueState>,
  workers: readonly Worker[],
  run: ProbeRun,
): void {
  const sizes: Record<string, number | null> = {};
  let total = 0;
  for (const [name, { length }] of queues) {
    if (length !== null) run.measure('celery_queue_length', length, { queue_name: name });
    const taking = workers.filter((worker) => worker.queues.includes(name));
    run.measure('celery_active_worker_count', taking.length, { queue_name: name });
    sizes[name] = length;
    total += length ?? 0;
  }
  run.detail('queue_sizes', sizes);
  run.detail('total_tasks_queued', total);
}

export function measureUnacknowledged(unacknowledged: Unacknowledged | null, run: ProbeRun): void {
  if (unacknowledged === null) return;
  const { tasks, oldest } = unacknowledged;
  run.measure('celery_queue_unacked', tasks);
  const age = oldest === null ? 0 : Math.max(0, run.now() / 1000 - oldest);
  run.measure('celery_queue_unacked_oldest_seconds', age);
}
