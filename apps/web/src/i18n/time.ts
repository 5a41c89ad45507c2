import type { Language } from './messages.ts';

const SECOND = 1;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const UNITS: readonly ['day' | 'hour' | 'minute' | 'second', number][] = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
];

/** Times of day run to 24 in every language, as schedules and messages say them. */
export const CLOCK = { hourCycle: 'h23' } as const;

type Width = 'long' | 'narrow' | 'short';

/** Making a format takes a thousand times as long as using it, and lists use it for every row. */
const UNIT_FORMATS = new Map<string, Intl.NumberFormat>();
const RELATIVE_FORMATS = new Map<string, Intl.RelativeTimeFormat>();
const INSTANT_FORMATS = new Map<string, Intl.DateTimeFormat>();

/** There are only so many languages, units and zones. */
function kept<T>(formats: Map<string, T>, key: string, make: () => T): T {
  let format = formats.get(key);
  if (format === undefined) {
    format = make();
    formats.set(key, format);
  }
  return format;
}

/** A length of time by its two largest units, e.g. "2 h 5 min". */
export function durationText(seconds: number, language: Language, width: Width = 'short'): string {
  if (seconds < SECOND) return unitText(shortMilliseconds(seconds * 1_000), 'millisecond', language, width);
  const rounded = seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds);
  const first = UNITS.findIndex(([, length]) => rounded >= length);
  const [unit, length] = UNITS[first] ?? ['second', SECOND];
  if (length === SECOND) return unitText(rounded, unit, language, width);
  const [next, nextLength] = UNITS[first + 1] ?? ['second', SECOND];
  const whole = Math.floor(rounded / length);
  const rest = Math.floor((rounded - whole * length) / nextLength);
  const head = unitText(whole, unit, language, width);
  return rest === 0 ? head : `${head} ${unitText(rest, next, language, width)}`;
}

/** Few milliseconds count in parts: what a service on the same machine takes. */
function shortMilliseconds(milliseconds: number): number {
  return milliseconds < 10 ? Number(milliseconds.toPrecision(2)) : Math.round(milliseconds);
}

function unitText(value: number, unit: string, language: Language, unitDisplay: Width): string {
  const key = `${language} ${unit} ${unitDisplay}`;
  return kept(
    UNIT_FORMATS,
    key,
    () => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }),
  ).format(value);
}

/** The part of a unit that may be missing of a time to come which is said whole. */
const NEARLY = 0.01;

/** How long ago, or in how long, e.g. "3 minutes ago". */
export function relativeText(at: number, now: number, language: Language): string {
  const seconds = (at - now) / 1_000;
  const format = kept(
    RELATIVE_FORMATS,
    language,
    () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
  );
  // What was made for an hour is still an hour away a moment later; what is past is cut.
  const slack = seconds > 0 ? NEARLY : 0;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) / size + slack >= 1) ?? [
    'second',
    SECOND,
  ];
  return format.format(Math.trunc(seconds / length + slack), unit);
}

/** Milliseconds until `relativeText` says something else: often at first, then seldom. */
export function relativeTick(at: number, now: number): number {
  const age = Math.abs(at - now) / 1_000;
  return (age < MINUTE ? SECOND : age < HOUR ? 15 : MINUTE) * 1_000;
}

/** An instant in a zone, to the second. */
export function instantText(at: number, language: Language, timeZone?: string): string {
  const make = (): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, {
      dateStyle: 'medium',
      timeStyle: 'long',
      ...CLOCK,
      ...(timeZone === undefined ? {} : { timeZone }),
    });
  return kept(INSTANT_FORMATS, `${language} ${timeZone ?? ''}`, make).format(at);
}
