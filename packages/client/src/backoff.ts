/** Milliseconds; a server that comes back after a long time is found within this. */
const LONGEST_DELAY = 300_000;

/**
 * Milliseconds to wait after so many failures in a row: twice as long each time, and somewhere between the half of
 * that and the whole, so that many clients do not come at once.
 * @param random from 0 up to 1.
 */
export function backoff(first: number, failures: number, random: number): number {
  const full = Math.min(first * 2 ** Math.min(failures - 1, 30), LONGEST_DELAY);
  return full * (0.5 + random / 2);
}
