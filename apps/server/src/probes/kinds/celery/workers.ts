/** What workers answered, read into what is measured; the arguments of their tasks are their users' data and dropped. */
import { fieldOf, type Inspection } from './mailbox.ts';

export interface RunningTask {
  name: string;
  /** Epoch seconds; null = it has not begun. */
  startedAt: number | null;
}

export interface Worker {
  /** `celery@host` */
  node: string;
  /** Null = it did not say. */
  active: RunningTask[] | null;
  /** Names of the queues it takes tasks from. */
  queues: string[];
  /** NaN where it did not say. */
  uptime: number;
  concurrency: number;
  /** Bytes. */
  maxRss: number;
  /** Tasks done since its start, by name. */
  done: [string, number][];
}

/** Tasks by name that are kept of one worker. */
const MOST_TASKS = 500;

export function workersOf(inspection: Inspection): Worker[] {
  return inspection.nodes.map((node) => {
    const stats = inspection.answersTo('stats').get(node);
    const rusage = fieldOf(stats, 'rusage');
    return {
      node,
      active: activeOf(inspection.answersTo('active').get(node)),
      queues: listOf(inspection.answersTo('active_queues').get(node)).map((queue) => textOf(queue, 'name')),
      uptime: numberOf(stats, 'uptime'),
      concurrency: numberOf(fieldOf(stats, 'pool'), 'max-concurrency'),
      maxRss: numberOf(rusage, 'maxrss') * 1_024,
      done: doneOf(fieldOf(stats, 'total')),
    };
  });
}

function activeOf(value: unknown): RunningTask[] | null {
  if (!Array.isArray(value)) return null;
  return value.map((task: unknown) => {
    const startedAt = numberOf(task, 'time_start');
    return { name: textOf(task, 'name'), startedAt: Number.isFinite(startedAt) ? startedAt : null };
  });
}

function doneOf(total: unknown): [string, number][] {
  if (typeof total !== 'object' || total === null) return [];
  const counts = Object.entries(total).map(([name, count]): [string, number] => [name, Number(count)]);
  return counts.slice(0, MOST_TASKS);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown, name: string): string {
  const text = fieldOf(value, name);
  return typeof text === 'string' ? text : '';
}

function numberOf(value: unknown, name: string): number {
  const number = fieldOf(value, name);
  return typeof number === 'number' ? number : Number.NaN;
}
