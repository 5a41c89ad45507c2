import type { Meter } from '../limits.ts';
import { bare, typeName } from '../values/kind.ts';
import type { GoValue } from '../values/value.ts';
import { type Flags, NO_FLAGS } from './flags.ts';
import { Printer } from './printer.ts';

/** Beyond this Go takes no width or precision. */
const LARGEST = 1_000_000;

/**
 * Formats as Go's `fmt.Sprintf`: what does not fit its verb, is missing or is left over is told in the text.
 * @throws {LimitError} when the text becomes too long.
 */
export function sprintf(format: string, operands: readonly GoValue[], meter: Meter): string {
  return new Formatter(format, operands, meter).run();
}

class Formatter {
  readonly #format: string;
  readonly #operands: readonly GoValue[];
  readonly #printer: Printer;
  #at = 0;
  #operand = 0;
  #reordered = false;
  #goodIndex = true;
  #afterIndex = false;

  constructor(format: string, operands: readonly GoValue[], meter: Meter) {
    this.#format = format;
    this.#operands = operands;
    this.#printer = new Printer(meter);
  }

  run(): string {
    while (this.#at < this.#format.length) {
      const percent = this.#format.indexOf('%', this.#at);
      const end = percent === -1 ? this.#format.length : percent;
      this.#printer.write(this.#format.slice(this.#at, end));
      this.#at = end + 1;
      if (percent !== -1) this.#directive();
    }
    if (!this.#reordered && this.#operand < this.#operands.length) this.#extra();
    return this.#printer.text;
  }

  #extra(): void {
    const shown = (value: GoValue): void => {
      if (value !== undefined && value !== null) this.#printer.write(`${typeName(value)}=`);
      this.#printer.operand(value, 'v', NO_FLAGS);
    };
    this.#printer.write('%!(EXTRA ');
    for (const [index, value] of this.#operands.slice(this.#operand).entries()) {
      if (index > 0) this.#printer.write(', ');
      shown(value);
    }
    this.#printer.write(')');
  }

  #directive(): void {
    this.#goodIndex = true;
    this.#afterIndex = false;
    const flags = this.#flags();
    this.#index();
    this.#width(flags);
    this.#precision(flags);
    if (!this.#afterIndex) this.#index();
    const code = this.#format.codePointAt(this.#at);
    if (code === undefined) {
      this.#printer.write('%!(NOVERB)');
      return;
    }
    const verb = String.fromCodePoint(code);
    this.#at += verb.length;
    this.#verb(verb, flags);
  }

  #verb(verb: string, flags: Flags): void {
    if (verb === '%') this.#printer.write('%');
    else if (!this.#goodIndex) this.#printer.write(`%!${verb}(BADINDEX)`);
    else if (this.#operand >= this.#operands.length) this.#printer.write(`%!${verb}(MISSING)`);
    else this.#printer.operand(this.#operands[this.#operand++], verb, flags);
  }

  #flags(): Flags {
    const flags: Flags = { ...NO_FLAGS };
    for (; ; this.#at++) {
      switch (this.#format.charAt(this.#at)) {
        case '#':
          flags.sharp = true;
          break;
        case '0':
          flags.zero = true;
          break;
        case '+':
          flags.plus = true;
          break;
        case '-':
          flags.minus = true;
          break;
        case ' ':
          flags.space = true;
          break;
        default:
          return flags;
      }
    }
  }

  /** `[n]` says which operand comes next. */
  #index(): void {
    if (this.#format.charAt(this.#at) !== '[') return;
    this.#reordered = true;
    const close = this.#format.indexOf(']', this.#at);
    const text = close === -1 ? '' : this.#format.slice(this.#at + 1, close);
    this.#at = close === -1 ? this.#at + 1 : close + 1;
    const index = /^[0-9]{1,7}$/u.test(text) ? Number(text) : 0;
    this.#goodIndex &&= index >= 1 && index <= this.#operands.length;
    if (index >= 1 && index <= this.#operands.length) this.#operand = index - 1;
    this.#afterIndex = true;
  }

  #width(flags: Flags): void {
    if (this.#format.charAt(this.#at) !== '*') {
      const width = this.#number();
      if (width === undefined) return;
      flags.width = width;
      // `%[3]2d`: a number behind an index belongs to nothing.
      if (this.#afterIndex) this.#goodIndex = false;
      return;
    }
    this.#at++;
    const width = this.#star();
    if (width === undefined) this.#printer.write('%!(BADWIDTH)');
    else flags.width = Math.abs(width);
    if (width !== undefined && width < 0) flags.minus = true;
    this.#afterIndex = false;
  }

  #precision(flags: Flags): void {
    if (this.#format.charAt(this.#at) !== '.') return;
    this.#at++;
    if (this.#afterIndex) this.#goodIndex = false;
    this.#index();
    if (this.#format.charAt(this.#at) !== '*') {
      flags.precision = this.#number() ?? 0;
      return;
    }
    this.#at++;
    const precision = this.#star();
    if (precision === undefined) this.#printer.write('%!(BADPREC)');
    else if (precision >= 0) flags.precision = precision;
    this.#afterIndex = false;
  }

  #star(): number | undefined {
    const value = bare(this.#operands[this.#operand]);
    if (this.#operand < this.#operands.length) this.#operand++;
    if (typeof value !== 'bigint') return undefined;
    return value <= LARGEST && value >= -LARGEST ? Number(value) : undefined;
  }

  #number(): number | undefined {
    const [digits = ''] = /^[0-9]+/u.exec(this.#format.slice(this.#at, this.#at + 10)) ?? [];
    if (digits === '') return undefined;
    this.#at += digits.length;
    // Go looks at it before each further digit.
    if (Number(digits.slice(0, -1)) <= LARGEST) return Number(digits);
    this.#at = this.#format.length;
    return undefined;
  }
}
