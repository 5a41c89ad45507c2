/** Seconds: the year 2286, and a year. Source: docs of Healthchecks' API, "Get a list of check's status changes". */
const LATEST = 10_000_000_000;
const LONGEST_SPAN = 31_536_000;

/** Epoch milliseconds, exact. */
export interface FlipRange {
  from: number;
  until?: number;
}

/** Reads `start`, `end` and `seconds` of a query; null when one of them is no such number. */
export function readFlipRange(query: URLSearchParams, now: number): FlipRange | null {
  const start = read(query, 'start', LATEST, false);
  const end = read(query, 'end', LATEST, false);
  const seconds = read(query, 'seconds', LONGEST_SPAN, true);
  if (start === null || end === null || seconds === null) return null;
  const since = seconds === undefined || seconds === 0 ? 0 : now - seconds * 1000;
  const from = Math.max(start === undefined ? 0 : start * 1000, since);
  return { from, ...(end === undefined ? {} : { until: end * 1000 }) };
}

/** undefined = not given, null = not to be read. */
function read(
  query: URLSearchParams,
  name: string,
  most: number,
  mayBeEmpty: boolean,
): number | undefined | null {
  const text = query.getAll(name).at(-1);
  if (text === undefined || (mayBeEmpty && text === '')) return undefined;
  const value = /^\d{1,11}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : null;
}
