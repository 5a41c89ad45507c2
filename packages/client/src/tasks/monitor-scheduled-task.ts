import type { Client } from '../client.ts';
import {
  type AsyncMethod,
  decorator,
  type MethodDecorator,
  type Task,
  type Wrapper,
  wrapped,
} from '../decorate.ts';
import { type Assertion, failureOf } from './assertions.ts';
import { type Measures, measureLines, usable } from './measures.ts';
import { observe, type Verdict } from './run.ts';
import { clientOf, outputOf, type TaskOptions, targetOf } from './task-options.ts';

export interface ScheduledTaskOptions<Result> extends TaskOptions {
  /** Cron or OnCalendar: when the task runs. The check gets it. */
  schedule?: string;
  /** Seconds between two runs, where no schedule says it. */
  timeout?: number;
  /** Of the schedule; the server's unless told otherwise. */
  timeZone?: string;
  /** Seconds that a run may be late, and may take. */
  grace?: number;
  /** What the result must be like; a result that is not so is reported as a failure. The task gives it even so. */
  assert?: Assertion<Result>;
  /** Series of the result, by their names. */
  measure?: (result: Result, run: { seconds: number }) => Measures | Promise<Measures>;
}

/**
 * As `monitorTask`, for what runs by a schedule: the check that `checkName` names gets the schedule and the grace
 * time, results are judged by `assert`, and what `measure` finds becomes series. They stand as lines `name value`
 * in the body of the ping, and in the client's metrics with the check as label.
 */
export function monitorScheduledTask<Result>(options: ScheduledTaskOptions<Result>): MethodDecorator<Result>;
export function monitorScheduledTask<This, Args extends unknown[], Result>(
  options: ScheduledTaskOptions<Result>,
  task: Task<This, Args, Result>,
): AsyncMethod<This, Args, Result>;
export function monitorScheduledTask<This, Args extends unknown[], Result>(
  options: ScheduledTaskOptions<Result>,
  task?: Task<This, Args, Result>,
): MethodDecorator<Result> | AsyncMethod<This, Args, Result> {
  const wrapper: Wrapper<Result> = async <T extends Result>(
    job: () => T | Promise<T>,
    name: string,
  ): Promise<T> => {
    const client = clientOf(options);
    const check = targetOf(options, client, name, declaredBy(options));
    if (check === null) return job();
    const title = 'name' in check ? check.name : name;
    const judge = (result: Result, took: number) => judged(options, client, title, result, took);
    return observe<T>({ client, check, autoStart: options.autoStart ?? true, judge }, job);
  };
  return task === undefined ? decorator(wrapper) : wrapped(wrapper, task);
}

function declaredBy<Result>({ schedule, timeZone, timeout, grace }: ScheduledTaskOptions<Result>) {
  return {
    ...(schedule === undefined ? {} : { schedule }),
    ...(timeZone === undefined ? {} : { tz: timeZone }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(grace === undefined ? {} : { grace }),
  };
}

async function judged<Result>(
  options: ScheduledTaskOptions<Result>,
  client: Client,
  title: string,
  result: Result,
  took: number,
): Promise<Verdict> {
  const measures = await measured(options, client, result, took);
  for (const [name, value] of measures) {
    client.metrics.set(name, 'Measured by a scheduled task.', { check: title }, value);
  }
  const failure = options.assert === undefined ? null : await failureOf(options.assert, result);
  const parts = [failure ?? '', measureLines(measures), outputOf(options.output, result, client)];
  return {
    kind: failure === null ? 'success' : 'fail',
    body: parts.filter((part) => part !== '').join('\n\n'),
  };
}

async function measured<Result>(
  { measure }: ScheduledTaskOptions<Result>,
  client: Client,
  result: Result,
  took: number,
): Promise<[string, number][]> {
  if (measure === undefined) return [];
  try {
    return usable(await measure(result, { seconds: took / 1000 }), client);
  } catch (error) {
    client.warn(`a run is not measured: ${error}`);
    return [];
  }
}
