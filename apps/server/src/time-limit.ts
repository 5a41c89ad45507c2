import type { Clock } from './clock.ts';

/** Why work was ended before it was done. */
export type Ended = 'time' | 'stop';

/**
 * Runs work that must not keep its place for ever: after `limit` ms, or when `stop` is aborted, its signal is
 * aborted and `ended` answers in its stead, whether or not the work heeds the signal.
 */
export async function withTimeLimit<T>(
  clock: Clock,
  limit: number,
  stop: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
  ended: (why: Ended) => Promise<T>,
): Promise<T> {
  const work = new AbortController();
  const early = Promise.withResolvers<T>();
  const end = (why: Ended): void => {
    early.resolve(ended(why));
    work.abort();
  };
  const onStop = (): void => end('stop');
  stop?.addEventListener('abort', onStop);
  const cancel = clock.after(limit, () => end('time'));
  if (stop?.aborted) onStop();
  try {
    return await Promise.race([early.promise, run(work.signal)]);
  } finally {
    cancel();
    stop?.removeEventListener('abort', onStop);
  }
}
