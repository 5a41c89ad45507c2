import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two looks. */
const PACE = 20;

/**
 * Waits for what another process does.
 * @returns what `look` found, as soon as that is neither false, null nor undefined.
 * @throws after `within` milliseconds.
 */
export async function until<T>(what: string, within: number, look: () => T | Promise<T>) {
  for (const end = performance.now() + within; ; await delay(PACE)) {
    const found = await look();
    if (found !== false && found !== null && found !== undefined) return found as Found<T>;
    if (performance.now() > end) throw new Error(`not within ${within} ms: ${what}`);
  }
}

type Found<T> = Exclude<T, false | null | undefined>;
