import { ABBREVIATIONS } from './abbreviations.ts';

/** What a zone's clocks show at one time. */
export interface ZoneOffset {
  /** East of Greenwich. */
  readonly seconds: number;
  /** As the time zone database abbreviates it: `CET`, or the offset where it has none. */
  readonly name: string;
}

export interface Zone {
  readonly name: string;
  readonly at: (milliseconds: number) => ZoneOffset;
}

export const UTC: Zone = { name: 'UTC', at: () => ({ seconds: 0, name: 'UTC' }) };

/** A zone that has always had one offset, as a parsed time has. */
export function fixedZone(seconds: number, name: string): Zone {
  const offset = { seconds, name };
  return { name, at: () => offset };
}

const NAME = /^[A-Za-z][A-Za-z0-9_+\-/]*$/u;
/** There are some 600 names. */
const known = new Map<string, Zone>();

/** The zone of an IANA name; undefined when there is none. */
export function findZone(name: string): Zone | undefined {
  if (name === '' || name === 'UTC') return UTC;
  const found = known.get(name);
  if (found !== undefined || !NAME.test(name)) return found;
  const zone = make(name);
  if (zone !== undefined) known.set(name, zone);
  return zone;
}

function make(timeZone: string): Zone | undefined {
  try {
    const offsets = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    const names = ABBREVIATIONS.get(timeZone);
    return {
      name: timeZone,
      at: (milliseconds) => {
        const seconds = offsetSeconds(zoneName(offsets, milliseconds));
        return { seconds, name: names?.get(seconds) ?? offsetName(seconds) };
      },
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function zoneName(format: Intl.DateTimeFormat, milliseconds: number): string {
  return format.formatToParts(milliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** `GMT`, `GMT+05:30`, `GMT-00:01:15`. */
function offsetSeconds(text: string): number {
  const [, sign, hours, minutes, seconds] = /([+-])(\d+):(\d+)(?::(\d+))?$/u.exec(text) ?? [];
  if (sign === undefined) return 0;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -size : size;
}

/** `+03`, `-0930`: what the database calls an offset without a name. */
export function offsetName(seconds: number): string {
  const size = Math.abs(seconds);
  const hours = String(Math.floor(size / 3600)).padStart(2, '0');
  const minutes = Math.floor((size % 3600) / 60);
  return (seconds < 0 ? '-' : '+') + hours + (minutes === 0 ? '' : String(minutes).padStart(2, '0'));
}
