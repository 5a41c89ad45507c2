import { ExpositionError } from './exposition-error.ts';

const LINE_FEED = 0x0a;
const BLANK = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Reasons quote the text, whose words may be very long. */
const MOST_REASON_LENGTH = 200;

/** A place in an exposition: reads names, quoted texts and words of one line after another. */
export class Cursor {
  readonly text: string;
  at: number;
  line: number;

  constructor(text: string, at = 0, line = 1) {
    this.text = text;
    this.at = at;
    this.line = line;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** At a line's end, or at the text's. */
  get atLineEnd(): boolean {
    return this.atEnd || this.code === LINE_FEED;
  }

  /** The code unit here; NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  skipBlanks(): void {
    while (this.code === BLANK || this.code === TAB) this.at += 1;
  }

  /** Goes over one character if it stands here. */
  take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  /** @throws {ExpositionError} unless the character stands here. */
  expect(character: string): void {
    if (!this.take(character)) this.fail(`expected ${JSON.stringify(character)}, found ${this.found()}`);
  }

  /** @throws {ExpositionError} unless a line ends here (or the text does, if it may). */
  nextLine(): void {
    if (!this.atLineEnd) this.fail(`expected the end of the line, found ${this.found()}`);
    this.at += 1;
    this.line += 1;
  }

  /** Everything up to the line's end. */
  rest(): string {
    const end = this.text.indexOf('\n', this.at);
    const from = this.at;
    this.at = end === -1 ? this.text.length : end;
    return this.text.slice(from, this.at);
  }

  /** Everything up to a blank or the line's end; may be empty. */
  word(): string {
    const from = this.at;
    while (!this.atLineEnd && this.code !== BLANK && this.code !== TAB) this.at += 1;
    return this.text.slice(from, this.at);
  }

  /** A name of letters, digits, underscores and, where they may, colons; empty when none begins here. */
  name(colons: boolean): string {
    const from = this.at;
    while (isNameCode(this.code, this.at > from, colons)) this.at += 1;
    return this.text.slice(from, this.at);
  }

  /** A text between quotes, with `\\`, `\"` and `\n` meant; any other backslash stands for itself. */
  quoted(): string {
    this.expect('"');
    const from = this.at;
    const escaped = this.#skipQuoted();
    const raw = this.text.slice(from, this.at - 1);
    return escaped ? unescapeQuoted(raw) : raw;
  }

  /** Goes behind the closing brace of labels, of which the opening one stands here, without looking at them. */
  skipLabels(): void {
    for (this.at += 1; ; ) {
      if (this.atLineEnd) this.fail('unclosed {');
      const { code } = this;
      this.at += 1;
      if (code === QUOTE) this.#skipQuoted();
      else if (code === 0x7d) return;
    }
  }

  fail(reason: string): never {
    const short = reason.length > MOST_REASON_LENGTH ? `${reason.slice(0, MOST_REASON_LENGTH)}...` : reason;
    throw new ExpositionError(short, this.line);
  }

  /** What stands here, for a message. */
  found(): string {
    if (this.atEnd) return 'the end';
    return this.code === LINE_FEED
      ? 'the end of the line'
      : JSON.stringify(this.text.slice(this.at, this.at + 1));
  }

  /** @returns whether a backslash was met. */
  #skipQuoted(): boolean {
    let escaped = false;
    for (; ; this.at += 1) {
      if (this.atLineEnd) this.fail('unclosed quote');
      if (this.code === BACKSLASH) {
        escaped = true;
        this.at += 1;
      } else if (this.code === QUOTE) break;
    }
    this.at += 1;
    return escaped;
  }
}

function isNameCode(code: number, digits: boolean, colons: boolean): boolean {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f) return true;
  if (code >= 0x30 && code <= 0x39) return digits;
  return colons && code === 0x3a;
}

function unescapeQuoted(raw: string): string {
  return raw.replace(/\\([\\"n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
