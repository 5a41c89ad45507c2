export interface Timer {
  /** Resolves when the time is over, or stopped. */
  over: Promise<void>;
  stop(): void;
}

/** Counts down. One that does not `hold` lets the process end meanwhile, where the runtime can do that. */
export function startTimer(milliseconds: number, hold = false): Timer {
  let stop = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    if (!hold) release(timer);
    stop = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, stop: () => stop() };
}

/** Node.js and Bun have a method for it, Deno a function of its own, browsers need neither. */
function release(timer: ReturnType<typeof setTimeout> | number): void {
  if (typeof timer === 'object') timer.unref();
  else (globalThis as { Deno?: { unrefTimer?(id: number): void } }).Deno?.unrefTimer?.(timer);
}
