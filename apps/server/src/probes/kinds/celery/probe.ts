import { amqpPort } from '../../amqp/open.ts';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { REDIS_PORT } from '../../resp/open.ts';
import { instanceOf } from '../../setting-types.ts';
import { openAmqpBroker } from './amqp-broker.ts';
import type { Broker } from './broker.ts';
import { Inspection } from './mailbox.ts';
import { measureQueues, measureUnacknowledged, measureWorkers, missingOf } from './measure.ts';
import { openRedisBroker } from './redis-broker.ts';
import { type Settings, settings } from './settings.ts';
import { type Worker, workersOf } from './workers.ts';

/** Milliseconds that are kept for what comes after the workers' answers. */
const RESERVE = 500;

/** Asks Celery's workers over their own broker, as `celery inspect` does, without Python. */
export const celery = defineProbe({
  kind: 'celery',
  title: 'Celery workers',
  up: 'celery_up',
  interval: 60,
  timeout: 10,
  settings,
  thresholds: [{ metric: 'celery_workers_mute', op: '>', warning: 0, for: 3 }],
  instance: ({ broker }) => instanceOf(broker, /^rediss?:/.test(broker) ? REDIS_PORT : amqpPort(broker)),
  async probe(settings, run) {
    using broker = await open(settings, run);
    const inspection = new Inspection();
    const wait = Math.max(100, Math.min(settings.wait * 1000, run.timeLeft() - RESERVE));
    const reached = await run.phase('inspect', () => broker.inspect(inspection, wait));
    const workers = workersOf(inspection);
    run.memory.set('nodes', inspection.nodes);
    measureWorkers(workers, reached, settings, run);
    await run.phase('queues', async () => {
      const names = [...new Set([...settings.queues, ...settings.required_queues])];
      measureQueues(await broker.queues(names), workers, run);
      measureUnacknowledged(await broker.unacknowledged(), run);
    });
    judge(workers, reached, settings, wait);
  },
});

function open(settings: Settings, run: ProbeRun): Promise<Broker> {
  if (/^rediss?:/.test(settings.broker)) return openRedisBroker(settings, run);
  return openAmqpBroker(settings, [...new Set([...settings.nodes, ...nodesOfLastRun(run)])], run);
}

function nodesOfLastRun(run: ProbeRun): string[] {
  const kept = run.memory.get('nodes');
  return Array.isArray(kept) ? kept.map(String) : [];
}

function judge(workers: readonly Worker[], reached: number | null, settings: Settings, wait: number): void {
  const { min_workers, nodes, required_queues } = settings;
  const within = `within ${Math.round(wait / 100) / 10} s`;
  if (workers.length < min_workers) {
    throw new ProbeFailure('unhealthy', tooFew(workers.length, reached, min_workers, within));
  }
  const missing = missingOf(workers, nodes);
  if (missing.length > 0) {
    throw new ProbeFailure('unhealthy', `no answer ${within} from ${missing.join(', ')}`);
  }
  const idle = required_queues.filter((name) => !workers.some(({ queues }) => queues.includes(name)));
  if (idle.length > 0) {
    throw new ProbeFailure('unhealthy', `no worker that answered takes tasks from ${idle.join(', ')}`);
  }
}

function tooFew(answered: number, reached: number | null, wanted: number, within: string): string {
  if (reached === 0) return 'no worker listens at the broker, or remote control is disabled there';
  if (answered > 0) return `${answered} of ${wanted} workers answered ${within}`;
  return reached === null
    ? `a worker is connected, but none answered ${within}: stopped, blocked, or busy (-P solo)`
    : `${reached} connected, but none answered ${within}: stopped, blocked, or busy (-P solo)`;
}
