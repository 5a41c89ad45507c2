import { durationMilliseconds } from '../syntax/durations.ts';

const SECONDS = /^[+-]?\d+(?:\.\d+)?$/;

/** Queries have no use for a duration of nothing; the beginning of time is `0m` in files. */
const ZERO = /^0(?:ms|[ywdhms])$/;

/**
 * Reads `1h30m`, `-10s`, or a number of seconds, as conformance files write times.
 * @returns milliseconds.
 * @throws {RangeError} when it is neither.
 */
export function readDuration(text: string): number {
  if (ZERO.test(text)) return 0;
  if (SECONDS.test(text)) return Math.round(Number(text) * 1000);
  const read = durationMilliseconds(text.replace(/^[+-]/, ''));
  if (typeof read === 'string') throw new RangeError(read);
  return text.startsWith('-') ? -read : read;
}
