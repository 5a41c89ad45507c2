import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something holds. @throws after five seconds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 5000; !holds(); await delay(5)) {
    if (performance.now() > end) throw new Error(`not within 5 s: ${what}`);
  }
}
