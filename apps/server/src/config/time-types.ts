import { TIME_ZONES } from '@vigie/schedule';
import { closest } from './closest.ts';
import { readAs, type ValueType } from './value-types.ts';

const DAY = 86_400_000;

const UNIT_MS: Record<string, number> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: DAY,
  w: 7 * DAY,
  y: 365 * DAY,
};

/** No record outlives its server; also keeps now minus the duration a valid date. */
const LONGEST = 100 * 365 * DAY;

/** `12h`, `93d`: a number and a unit, as milliseconds. */
export const duration: ValueType<number> = readAs((given) => {
  const match = /^(\d{1,9})(s|m|h|d|w|y)$/.exec(given);
  const milliseconds = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ''] ?? 0);
  return milliseconds > 0 && milliseconds <= LONGEST ? milliseconds : undefined;
}, 'a duration such as 12h or 93d (units s, m, h, d, w, y; at most 100y)');

/** A name of the IANA time zone database; not an offset, which has no summer time. */
export const timeZone: ValueType<string> = readAs(
  readTimeZone,
  'an IANA time zone such as Europe/Paris',
  (given) => closest(given, TIME_ZONES),
);

function readTimeZone(given: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(given)) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: given });
    return given;
  } catch {
    return undefined;
  }
}
