import {
  type AsyncMethod,
  decorator,
  type MethodDecorator,
  type Task,
  type Wrapper,
  wrapped,
} from '../decorate.ts';
import { observe } from './run.ts';
import { clientOf, outputOf, type TaskOptions, targetOf } from './task-options.ts';

/**
 * Reports each run of a function: its begin, and its end with what it gave or threw. What the function gives and
 * throws stays its own; the calls of one function may overlap. Monitoring never throws into the job, and makes it
 * wait 2 s at most.
 *
 * Around a function: `const job = monitorTask({ checkName: 'Token Cleanup' }, cleanUp)`. As a decorator:
 * `@monitorTask({ checkName: 'Token Cleanup' })` before an async method.
 */
export function monitorTask(options: TaskOptions): MethodDecorator;
export function monitorTask<This, Args extends unknown[], Result>(
  options: TaskOptions,
  task: Task<This, Args, Result>,
): AsyncMethod<This, Args, Result>;
export function monitorTask<This, Args extends unknown[], Result>(
  options: TaskOptions,
  task?: Task<This, Args, Result>,
): MethodDecorator | AsyncMethod<This, Args, Result> {
  const wrapper: Wrapper = async <T>(job: () => T | Promise<T>, name: string): Promise<T> => {
    const client = clientOf(options);
    const check = targetOf(options, client, name);
    if (check === null) return job();
    const judge = (result: unknown) => ({
      kind: 'success' as const,
      body: outputOf(options.output, result, client),
    });
    return observe<T>({ client, check, autoStart: options.autoStart ?? true, judge }, job);
  };
  return task === undefined ? decorator(wrapper) : wrapped(wrapper, task);
}
