/** One function for both uses: around a function, and as a decorator of a method (TC39, stage 3). */

/** A function that may answer later. */
export type Task<This, Args extends unknown[], Result> = (
  this: This,
  ...args: Args
) => Result | Promise<Result>;

/** A method that answers later: a monitored one always does. */
export type AsyncMethod<This, Args extends unknown[], Result> = (
  this: This,
  ...args: Args
) => Promise<Result>;

/** Decorates a method of a class that gives such results. */
export type MethodDecorator<Bound = unknown> = <This, Args extends unknown[], Result extends Bound>(
  method: AsyncMethod<This, Args, Result>,
  context: ClassMethodDecoratorContext<This, AsyncMethod<This, Args, Result>>,
) => AsyncMethod<This, Args, Result>;

/** Runs `job`, which is a call with `args` of the function called `name`, under observation. */
export type Wrapper<Bound = unknown> = <Result extends Bound>(
  job: () => Result | Promise<Result>,
  name: string,
  args: readonly unknown[],
) => Promise<Result>;

/** The function with its calls under observation; it keeps its name and its `this`. */
export function wrapped<Bound, This, Args extends unknown[], Result extends Bound>(
  wrapper: Wrapper<Bound>,
  task: Task<This, Args, Result>,
  name: string = task.name,
): AsyncMethod<This, Args, Result> {
  const monitored = function (this: This, ...args: Args): Promise<Result> {
    return wrapper(() => task.apply(this, args), name, args);
  };
  return Object.defineProperty(monitored, 'name', { value: name });
}

/** @throws TypeError where it decorates what is no method. */
export function decorator<Bound>(wrapper: Wrapper<Bound>): MethodDecorator<Bound> {
  return (method, context) => {
    requireMethod(context.kind);
    return wrapped(wrapper, method, String(context.name));
  };
}

/** @throws TypeError where a class, a field or an accessor is decorated, or by the decorators of TypeScript 4. */
export function requireMethod(kind: string | undefined): void {
  if (kind === 'method') return;
  throw new TypeError(`a monitor decorates methods, and this is ${kind ?? 'a decorator of an older kind'}`);
}
