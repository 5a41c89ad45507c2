/** A time as its zone's clocks show it. */
export interface Clock {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** From 0, Sunday. */
  readonly weekday: number;
  /** From 1. */
  readonly yearDay: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** East of Greenwich, in seconds. */
  readonly offset: number;
  readonly zone: string;
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
export const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;
const SHORT = 3;

/** The pieces of a layout that stand for something: Go's reference time is Mon Jan 2 15:04:05 MST 2006. */
export const PIECES =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|__2|_2(?!006)|3|4|5|PM|pm|[-Z]07(?:00(?:00)?|:00(?::00)?)?|[.,](?:0+|9+)(?![0-9])/gu;

function two(value: number, fill = '0'): string {
  return String(value).padStart(2, fill);
}

function hour12({ hour }: Clock): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

const WRITTEN: Readonly<Record<string, (clock: Clock) => string>> = {
  January: ({ month }) => MONTHS[month - 1] ?? '',
  Jan: ({ month }) => MONTHS[month - 1]?.slice(0, SHORT) ?? '',
  Monday: ({ weekday }) => WEEKDAYS[weekday] ?? '',
  Mon: ({ weekday }) => WEEKDAYS[weekday]?.slice(0, SHORT) ?? '',
  MST: ({ zone, offset }) => zone || zoneOffset(offset, '-0700'),
  '1': ({ month }) => String(month),
  '01': ({ month }) => two(month),
  '2': ({ day }) => String(day),
  _2: ({ day }) => two(day, ' '),
  '02': ({ day }) => two(day),
  __2: ({ yearDay }) => String(yearDay).padStart(3, ' '),
  '002': ({ yearDay }) => String(yearDay).padStart(3, '0'),
  '15': ({ hour }) => two(hour),
  '3': (clock) => String(hour12(clock)),
  '03': (clock) => two(hour12(clock)),
  '4': ({ minute }) => String(minute),
  '04': ({ minute }) => two(minute),
  '5': ({ second }) => String(second),
  '05': ({ second }) => two(second),
  '2006': ({ year }) => (year < 0 ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0')),
  '06': ({ year }) => two(((year % 100) + 100) % 100),
  PM: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  pm: ({ hour }) => (hour < 12 ? 'am' : 'pm'),
};

/** A time by Go's layout: everything but the pieces of the reference time stands for itself. */
export function formatTime(clock: Clock, layout: string): string {
  return layout.replace(PIECES, (piece) => {
    const write = WRITTEN[piece];
    if (write !== undefined) return write(clock);
    return /^[.,]/u.test(piece) ? fraction(clock, piece) : zoneOffset(clock.offset, piece);
  });
}

function fraction({ nanosecond }: Clock, piece: string): string {
  const digits = String(nanosecond)
    .padStart(9, '0')
    .slice(0, piece.length - 1)
    .padEnd(piece.length - 1, '0');
  if (piece.charAt(1) === '0') return piece.charAt(0) + digits;
  const kept = digits.replace(/0+$/u, '');
  return kept === '' ? '' : piece.charAt(0) + kept;
}

/** `-0700` and its kin; those that begin with Z write UTC as Z. */
function zoneOffset(offset: number, piece: string): string {
  if (piece.startsWith('Z') && offset === 0) return 'Z';
  const colon = piece.includes(':') ? ':' : '';
  const size = Math.abs(offset);
  const parts = [Math.floor(size / 3600), Math.floor((size % 3600) / 60), size % 60];
  const digits = piece.replace(/\D/gu, '').length / 2;
  return (
    (offset < 0 ? '-' : '+') +
    parts
      .slice(0, digits)
      .map((part) => two(part))
      .join(colon)
  );
}
