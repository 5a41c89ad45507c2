import { Labels, METRIC_NAME } from '@vigie/series';
import { decodeString, endOfString } from '../syntax/decode-string.ts';

/** Where a series' description ends and its values begin. */
export interface SeriesLine {
  readonly labels: Labels;
  /** The line gives start timestamps (`@st`) instead of values. */
  readonly starts: boolean;
  readonly values: string;
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/y;
const BLANKS = /[ \t]*/y;
const OPENING = /[ \t]*\{(?!\{)/y;
const START_MARK = /@st(?=[ \t]|$)/y;

/**
 * Reads `name{label="value", "a name"="value"}`, `{"a metric's name"}` and what stands behind it.
 * @throws {RangeError} when the line does not begin with a series.
 */
export function readSeriesLine(line: string): SeriesLine {
  const scanner = new Scanner(line);
  const name = scanner.take(NAME);
  const pairs = name === undefined ? [] : [METRIC_NAME, name];
  if (scanner.take(OPENING) !== undefined) readLabels(scanner, pairs);
  else if (name === undefined) throw new RangeError(`no series: ${JSON.stringify(line)}`);
  const starts = scanner.take(START_MARK) !== undefined;
  return { labels: Labels.fromPairs(pairs), starts, values: scanner.rest() };
}

function readLabels(scanner: Scanner, pairs: string[]): void {
  for (;;) {
    scanner.take(BLANKS);
    if (scanner.takeText('}')) return;
    readLabel(scanner, pairs);
    scanner.take(BLANKS);
    if (scanner.takeText(',')) continue;
    if (scanner.takeText('}')) return;
    throw new RangeError(`no labels: ${JSON.stringify(scanner.rest())}`);
  }
}

function readLabel(scanner: Scanner, pairs: string[]): void {
  const plain = scanner.take(LABEL_NAME);
  const quoted = plain === undefined ? scanner.take(QUOTED) : undefined;
  const name = plain ?? (quoted === undefined ? undefined : unquote(quoted));
  if (name === undefined) throw new RangeError(`no label: ${JSON.stringify(scanner.rest())}`);
  scanner.take(BLANKS);
  if (!scanner.takeText('=')) {
    if (plain !== undefined) throw new RangeError(`label ${name} has no value`);
    pairs.push(METRIC_NAME, name);
    return;
  }
  scanner.take(BLANKS);
  const value = scanner.take(QUOTED);
  if (value === undefined) throw new RangeError(`label ${name} has no value`);
  pairs.push(name, unquote(value));
}

/**
 * What a quoted text means, as in queries.
 * @throws {RangeError} when it is not quoted, or has an escape that is none.
 */
export function unquote(text: string): string {
  if (!/^["'`]/.test(text) || endOfString(text, 0, refuse) !== text.length) refuse('no quoted text');
  return decodeString(text);
}

function refuse(reason: string): never {
  throw new RangeError(reason);
}

/** Goes through a line from left to right. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What a sticky pattern matches here, behind which the scanner is then. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  takeText(text: string): boolean {
    const here = this.#text.startsWith(text, this.#at);
    if (here) this.#at += text.length;
    return here;
  }

  rest(): string {
    return this.#text.slice(this.#at);
  }
}
