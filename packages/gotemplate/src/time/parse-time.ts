import { quote } from '../format/quote.ts';
import { CallError } from '../template-error.ts';
import { SECOND } from './duration.ts';
import { MONTHS, PIECES, WEEKDAYS } from './layout.ts';
import { GoTime, instantOf } from './time.ts';
import { fixedZone, UTC, type Zone } from './zone.ts';

/** What a text says of a time, so far as it has been read. */
interface Read {
  year: number;
  month: number;
  day: number;
  yearDay?: number;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  half?: 'AM' | 'PM';
  /** Seconds east of Greenwich. */
  offset?: number;
  zone?: string;
}

/** How one piece of a layout is read: what it looks like, what it says, and what it is called out of its range. */
interface Reading {
  readonly pattern: RegExp;
  readonly take: (read: Read, text: string) => void;
  readonly range?: readonly [name: string, least: number, most: number];
}

const SHORT = 3;

function names(
  list: readonly string[],
  length: number | undefined,
  take: (read: Read, index: number) => void,
): Reading {
  const texts = list.map((name) => name.slice(0, length).toLowerCase());
  return {
    pattern: new RegExp(`^(?:${texts.join('|')})`, 'iu'),
    take: (read, text) => take(read, texts.indexOf(text.toLowerCase())),
  };
}

function number(
  pattern: RegExp,
  take: (read: Read, value: number) => void,
  range?: Reading['range'],
): Reading {
  const reading = { pattern, take: (read: Read, text: string): void => take(read, Number(text)) };
  return range === undefined ? reading : { ...reading, range };
}

const ONE_OR_TWO = /^\d{1,2}/u;
const TWO = /^\d{2}/u;
const setMonth = (read: Read, value: number): void => {
  read.month = value;
};
const setDay = (read: Read, value: number): void => {
  read.day = value;
};
const setHour = (read: Read, value: number): void => {
  read.hour = value;
};
const setMinute = (read: Read, value: number): void => {
  read.minute = value;
};
const setSecond = (read: Read, value: number): void => {
  read.second = value;
};
const setYearDay = (read: Read, value: number): void => {
  read.yearDay = value;
};
const MONTH: Reading['range'] = ['month', 1, 12];
const HOUR: Reading['range'] = ['hour', 0, 23];
const HOUR_12: Reading['range'] = ['hour', 0, 12];
const MINUTE: Reading['range'] = ['minute', 0, 59];
const SECONDS: Reading['range'] = ['second', 0, 59];
/** Years of two digits from here on are of the last century. */
const LAST_CENTURY = 69;

const READINGS: Readonly<Record<string, Reading>> = {
  January: names(MONTHS, undefined, (read, index) => setMonth(read, index + 1)),
  Jan: names(MONTHS, SHORT, (read, index) => setMonth(read, index + 1)),
  Monday: names(WEEKDAYS, undefined, () => {}),
  Mon: names(WEEKDAYS, SHORT, () => {}),
  '1': number(ONE_OR_TWO, setMonth, MONTH),
  '01': number(TWO, setMonth, MONTH),
  '2': number(ONE_OR_TWO, setDay),
  _2: number(/^ ?\d{1,2}/u, setDay),
  '02': number(TWO, setDay),
  __2: number(/^ {0,2}\d{1,3}/u, setYearDay),
  '002': number(/^\d{3}/u, setYearDay),
  '15': number(TWO, setHour, HOUR),
  '3': number(ONE_OR_TWO, setHour, HOUR_12),
  '03': number(TWO, setHour, HOUR_12),
  '4': number(ONE_OR_TWO, setMinute, MINUTE),
  '04': number(TWO, setMinute, MINUTE),
  '5': number(ONE_OR_TWO, setSecond, SECONDS),
  '05': number(TWO, setSecond, SECONDS),
  '2006': number(/^\d{4}/u, (read, value) => {
    read.year = value;
  }),
  '06': number(TWO, (read, value) => {
    read.year = value + (value >= LAST_CENTURY ? 1900 : 2000);
  }),
  PM: {
    pattern: /^(?:AM|PM)/u,
    take: (read, text) => {
      read.half = text === 'PM' ? 'PM' : 'AM';
    },
  },
  pm: {
    pattern: /^(?:am|pm)/u,
    take: (read, text) => {
      read.half = text === 'pm' ? 'PM' : 'AM';
    },
  },
  MST: {
    pattern: /^(?:UTC|[A-Z]{3,4}T?|[+-]\d{2})/u,
    take: (read, text) => {
      read.zone = text;
    },
  },
};

/**
 * Reads a time by Go's layout; without a zone it is UTC's.
 * @throws {CallError} where the text does not follow the layout, as Go words it.
 */
export function parseTime(layout: string, text: string): GoTime {
  return new TimeParser(layout, text).parse();
}

class TimeParser {
  readonly #layout: string;
  readonly #text: string;
  #rest: string;
  readonly #read: Read = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, nanosecond: 0 };

  constructor(layout: string, text: string) {
    this.#layout = layout;
    this.#text = text;
    this.#rest = text;
  }

  parse(): GoTime {
    let at = 0;
    for (const match of this.#layout.matchAll(PIECES)) {
      this.#literal(this.#layout.slice(at, match.index));
      this.#piece(match[0]);
      at = match.index + match[0].length;
    }
    this.#literal(this.#layout.slice(at));
    if (this.#rest !== '') throw this.#problem(`extra text: ${quote(this.#rest)}`);
    return this.#time();
  }

  #problem(reason: string): CallError {
    return new CallError(`parsing time ${quote(this.#text)}: ${reason}`);
  }

  #mismatch(piece: string): CallError {
    const [text, layout] = [quote(this.#text), quote(this.#layout)];
    return new CallError(
      `parsing time ${text} as ${layout}: cannot parse ${quote(this.#rest)} as ${quote(piece)}`,
    );
  }

  #literal(literal: string): void {
    if (!this.#rest.startsWith(literal)) throw this.#mismatch(literal);
    this.#rest = this.#rest.slice(literal.length);
  }

  #piece(piece: string): void {
    const reading = READINGS[piece];
    if (reading !== undefined) this.#readPiece(piece, reading);
    else if (/^[.,]/u.test(piece)) this.#fraction(piece);
    else this.#offset(piece);
  }

  #readPiece(piece: string, reading: Reading): void {
    const [found] = reading.pattern.exec(this.#rest) ?? [];
    if (found === undefined) throw this.#mismatch(piece);
    const [name, least, most] = reading.range ?? ['', 0, Number.POSITIVE_INFINITY];
    if (name !== '' && (Number(found) < least || Number(found) > most))
      throw this.#problem(`${name} out of range`);
    reading.take(this.#read, found);
    this.#rest = this.#rest.slice(found.length);
    if (piece === '5' || piece === '05') this.#unasked();
  }

  /** Seconds may have a fraction that the layout does not show. */
  #unasked(): void {
    const asked = /[.,](?:0+|9+)(?![0-9])/u.test(this.#layout);
    const [found] = asked ? [] : (/^[.,]\d+/u.exec(this.#rest) ?? []);
    if (found !== undefined) this.#take(found);
  }

  #fraction(piece: string): void {
    const [found] = /^[.,]\d+/u.exec(this.#rest) ?? [];
    if (piece.charAt(1) === '9' && found === undefined) return;
    if (found === undefined || (piece.charAt(1) === '0' && found.length < piece.length))
      throw this.#mismatch(piece);
    this.#take(piece.charAt(1) === '0' ? found.slice(0, piece.length) : found);
  }

  #take(fraction: string): void {
    this.#read.nanosecond = Number(fraction.slice(1, 10).padEnd(9, '0'));
    this.#rest = this.#rest.slice(fraction.length);
  }

  #offset(piece: string): void {
    if (piece.startsWith('Z') && this.#rest.startsWith('Z')) {
      this.#rest = this.#rest.slice(1);
      this.#read.offset = 0;
      this.#read.zone = 'UTC';
      return;
    }
    const colon = piece.includes(':') ? ':' : '';
    const count = piece.replace(/\D/gu, '').length / 2;
    const pattern = new RegExp(`^([+-])${Array.from({ length: count }, () => '(\\d{2})').join(colon)}`, 'u');
    const [whole, sign, hours = '0', minutes = '0', seconds = '0'] = pattern.exec(this.#rest) ?? [];
    if (whole === undefined) throw this.#mismatch(piece);
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    this.#read.offset = sign === '-' ? -size : size;
    this.#rest = this.#rest.slice(whole.length);
  }

  #time(): GoTime {
    const { year, yearDay, minute, second, nanosecond } = this.#read;
    const [month, day] = yearDay === undefined ? [this.#read.month, this.#read.day] : [1, yearDay];
    if (yearDay === undefined && (day < 1 || day > daysOf(year, month)))
      throw this.#problem('day out of range');
    const inDay = BigInt((this.#hour() * 60 + minute) * 60 + second) * SECOND + BigInt(nanosecond);
    const zone = this.#zone();
    return new GoTime(instantOf(year, month, day, inDay, zone), zone);
  }

  #hour(): number {
    const { hour, half } = this.#read;
    if (half === 'PM' && hour < 12) return hour + 12;
    return half === 'AM' && hour === 12 ? 0 : hour;
  }

  /** An abbreviation alone says no offset. */
  #zone(): Zone {
    const { offset, zone } = this.#read;
    if (offset === undefined) return zone === undefined || zone === 'UTC' ? UTC : fixedZone(0, zone);
    return offset === 0 && (zone === undefined || zone === 'UTC') ? UTC : fixedZone(offset, zone ?? '');
  }
}

function daysOf(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}
