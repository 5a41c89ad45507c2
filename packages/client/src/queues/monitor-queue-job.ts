import type { Client } from '../client.ts';
import { decorator, type MethodDecorator, type Wrapper, wrapped } from '../decorate.ts';
import { errorText } from '../tasks/body.ts';
import { observe, type Verdict } from '../tasks/run.ts';
import { clientOf, outputOf, type TaskOptions, targetOf } from '../tasks/task-options.ts';

/** The part of a BullMQ job that is read. */
export interface QueueJob {
  id?: string | undefined;
  name: string;
  queueName: string;
  /** Tries that are over. */
  attemptsMade: number;
  opts: { attempts?: number | undefined };
}

export interface QueueJobOptions extends TaskOptions {
  /** Whether a try that fails is a failure although the queue tries again; only the last one is by default. */
  failOn?: 'last' | 'every';
}

/** A function that works on jobs, as BullMQ's `Worker` takes it. */
export type Processor<Job extends QueueJob, Rest extends unknown[], Result> = (
  job: Job,
  ...rest: Rest
) => Promise<Result>;

/** What processors throw to put a job back, which is no failure. */
const PUT_BACK = new Set(['DelayedError', 'RateLimitError', 'WaitingError', 'WaitingChildrenError']);

/**
 * Reports the jobs of a queue: begin, end, and what a job gave or threw. A try that the queue repeats is told as a
 * note; the last one is a failure. Counts jobs and times them by queue and name.
 *
 * `new Worker('mails', monitorQueueJob({ checkName: 'Mails' }, send), { connection })`; or as a decorator of the
 * method that is the processor.
 */
export function monitorQueueJob(options: QueueJobOptions): MethodDecorator;
export function monitorQueueJob<Job extends QueueJob, Rest extends unknown[], Result>(
  options: QueueJobOptions,
  processor: Processor<Job, Rest, Result>,
): Processor<Job, Rest, Result>;
export function monitorQueueJob<Job extends QueueJob, Rest extends unknown[], Result>(
  options: QueueJobOptions,
  processor?: Processor<Job, Rest, Result>,
): MethodDecorator | Processor<Job, Rest, Result> {
  const wrapper: Wrapper = <T>(work: () => T | Promise<T>, name: string, [job]: readonly unknown[]) =>
    isJob(job) ? run<T>(options, job, name, work) : Promise.resolve(work());
  return processor === undefined ? decorator(wrapper) : wrapped(wrapper, processor);
}

function isJob(value: unknown): value is QueueJob {
  return typeof value === 'object' && value !== null && 'queueName' in value && 'opts' in value;
}

async function run<T>(
  options: QueueJobOptions,
  job: QueueJob,
  name: string,
  work: () => T | Promise<T>,
): Promise<T> {
  const client = clientOf(options);
  const count = counterOf(client, job);
  const title = titleOf(job);
  const judge = (result: unknown, took: number): Verdict => {
    count('completed', took);
    return { kind: 'success', body: `${title}\n${outputOf(options.output, result, client)}`.trimEnd() };
  };
  const judgeError = (error: unknown, took: number): Verdict => {
    const outcome = outcomeOf(options, job, error);
    count(outcome, took);
    return { kind: outcome === 'failed' ? 'fail' : 'log', body: `${title} ${outcome}\n${errorText(error)}` };
  };
  const check = targetOf(options, client, name);
  const autoStart = options.autoStart ?? true;
  return observe<T>({ client, check, autoStart, judge, judgeError }, work);
}

/** What became of a job that threw. */
function outcomeOf({ failOn = 'last' }: QueueJobOptions, job: QueueJob, error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (PUT_BACK.has(name)) return 'put back';
  const last = job.attemptsMade + 1 >= (job.opts.attempts ?? 1) || name === 'UnrecoverableError';
  return last || failOn === 'every' ? 'failed' : 'tried again';
}

function titleOf({ queueName, name, id, attemptsMade, opts }: QueueJob): string {
  return `${queueName}: ${name} ${id ?? ''} (try ${attemptsMade + 1} of ${opts.attempts ?? 1})`;
}

function counterOf(client: Client, job: QueueJob): (outcome: string, took: number) => void {
  const labels = { queue: job.queueName, job: job.name };
  return (outcome, took) => {
    client.metrics.add('queue_jobs_total', 'Tries of jobs, by what became of them.', { ...labels, outcome });
    client.metrics.observe('queue_job_duration_seconds', 'Time of a try of a job.', labels, took / 1000);
  };
}
