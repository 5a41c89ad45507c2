import { characterAt, endOfString, type Refuse } from './decode-string.ts';
import { scanNumber } from './numbers.ts';
import { type Token, wordToken } from './tokens.ts';

const SPACE = /(?:[ \t\r\n]+|#[^\n]*)+/uy;
const WORD = /[A-Za-z_:][0-9A-Za-z_:]*/uy;
const LABEL = /[A-Za-z_][0-9A-Za-z_]*/uy;
const DURATION_WORD = /(?:step|range|min_of|max_of)(?![0-9A-Za-z_])/iuy;

/** Signs with a meaning outside of braces and brackets; those that begin alike, the longer first. */
const SIGNS = /==|!=|<=|<\/|>=|>\/|[-+*/%^@=<>,]/uy;
const BRACE_SIGNS = /=~|!~|!=|[=,}]/uy;
const BRACKET_SIGNS = /[-+*/%^,]/uy;

/** Signs that messages name by themselves, and not as operators. */
const MARKS = new Set(['=', ',', '}']);

/** What has been read since an opening bracket. */
interface Brackets {
  duration: boolean;
  colon: boolean;
  /** The token before was a number or a duration. */
  complete: boolean;
}

/**
 * Cuts a text into tokens, one after another. What a character means depends on where it stands: in braces, where
 * label names and strings are, in brackets, where durations are, or outside of both.
 */
export class Lexer {
  readonly #text: string;
  readonly #refuse: Refuse;
  #at = 0;
  #parentheses = 0;
  #inBraces = false;
  /** Null outside of brackets. */
  #brackets: Brackets | null = null;

  constructor(text: string, refuse: Refuse) {
    this.#text = text;
    this.#refuse = refuse;
  }

  /** The next token: the end comes again and again. Refuses what is none. */
  next(): Token {
    this.#at = this.#match(SPACE) ?? this.#at;
    if (this.#inBraces) return this.#insideBraces();
    return this.#brackets === null ? this.#outside() : this.#insideBrackets(this.#brackets);
  }

  #outside(): Token {
    const character = this.#text.charAt(this.#at);
    if (character === '') return this.#ended();
    const word = this.#match(WORD);
    if (word !== undefined) return this.#wordUntil(word);
    if (this.#atNumber()) return this.#number();
    if (character === '"' || character === "'" || character === '`') return this.#string();
    const sign = this.#match(SIGNS);
    if (sign !== undefined) return this.#sign(sign);
    return this.#enclosure(character);
  }

  #enclosure(character: string): Token {
    switch (character) {
      case '(':
      case ')':
        return this.#parenthesis(character);
      case '{':
        this.#inBraces = true;
        return this.#mark();
      case '[':
        this.#brackets = { duration: false, colon: false, complete: false };
        return this.#mark();
      case ']':
        return this.#fail(`unexpected right bracket ${this.#here()}`);
      case '!':
        return this.#fail(`unexpected character after '!': ${this.#here(1)}`);
      default:
        return this.#fail(`unexpected character: ${this.#here()}`);
    }
  }

  #parenthesis(character: '(' | ')'): Token {
    this.#parentheses += character === '(' ? 1 : -1;
    const token = this.#mark();
    if (this.#parentheses < 0) this.#fail("unexpected right parenthesis ')'");
    return token;
  }

  #insideBraces(): Token {
    const character = this.#text.charAt(this.#at);
    if (character === '') return this.#fail('unexpected end of input inside braces');
    const label = this.#match(LABEL);
    if (label !== undefined) return this.#take('identifier', label, '');
    if (character === '"' || character === "'" || character === '`') return this.#string();
    const sign = this.#match(BRACE_SIGNS);
    if (sign !== undefined) {
      this.#inBraces = character !== '}';
      return this.#sign(sign);
    }
    if (character === '{') return this.#fail(`unexpected left brace ${this.#here()}`);
    if (character === '!')
      return this.#fail(`unexpected character after '!' inside braces: ${this.#here(1)}`);
    return this.#fail(`unexpected character inside braces: ${this.#here()}`);
  }

  #insideBrackets(brackets: Brackets): Token {
    const { complete } = brackets;
    brackets.complete = this.#atNumber();
    if (brackets.complete) {
      brackets.duration = true;
      return this.#number();
    }
    const word = this.#match(DURATION_WORD);
    if (word !== undefined && !complete) {
      brackets.duration = true;
      return this.#wordUntil(word);
    }
    const sign = this.#match(BRACKET_SIGNS);
    return sign === undefined ? this.#bracketMark(brackets, complete) : this.#sign(sign);
  }

  #bracketMark(brackets: Brackets, complete: boolean): Token {
    const character = this.#text.charAt(this.#at);
    switch (character) {
      case '':
        return this.#fail('unexpected end of input in duration expression');
      case ':':
        return this.#colon(brackets);
      case ']':
        this.#brackets = null;
        return this.#mark();
      case '(':
      case ')':
        return this.#parenthesis(character);
      default:
        if (complete) return this.#fail(`unexpected character: ${this.#here()}, expected ':'`);
        return this.#fail(`unexpected character in duration expression: ${this.#here()}`);
    }
  }

  #colon(brackets: Brackets): Token {
    if (!brackets.duration) return this.#fail('unexpected colon before duration in duration expression');
    if (brackets.colon) return this.#fail('unexpected repeated colon in duration expression');
    brackets.colon = true;
    return this.#mark();
  }

  #ended(): Token {
    if (this.#parentheses > 0) return this.#fail('unclosed left parenthesis');
    return this.#take('end', this.#at, '');
  }

  #atNumber(): boolean {
    return this.#isDigit(0) || (this.#text.charAt(this.#at) === '.' && this.#isDigit(1));
  }

  #isDigit(offset: number): boolean {
    const character = this.#text.charAt(this.#at + offset);
    return character >= '0' && character <= '9';
  }

  #number(): Token {
    const { kind, end } = scanNumber(this.#text, this.#at);
    if (kind !== undefined) return this.#take(kind, end, '');
    const written = JSON.stringify(this.#text.slice(this.#at, end));
    return this.#fail(`bad number or duration syntax: ${written}`);
  }

  #string(): Token {
    return this.#take('string', endOfString(this.#text, this.#at, this.#refuse), '');
  }

  #sign(end: number): Token {
    const word = this.#text.slice(this.#at, end);
    if (word === '=' && !this.#inBraces && this.#text.charAt(end) === '~') {
      return this.#fail(`unexpected character after '=': ${this.#here(1)}`);
    }
    return this.#take(MARKS.has(word) ? 'mark' : 'operator', end, word);
  }

  #mark(): Token {
    return this.#take('mark', this.#at + 1, this.#text.charAt(this.#at));
  }

  #wordUntil(end: number): Token {
    const token = wordToken(this.#text.slice(this.#at, end), this.#at);
    this.#at = end;
    return token;
  }

  #take(kind: Token['kind'], end: number, word: string): Token {
    const start = this.#at;
    this.#at = end;
    return { kind, text: this.#text.slice(start, end), word, start, end };
  }

  #match(pattern: RegExp): number | undefined {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text) ? pattern.lastIndex : undefined;
  }

  #here(offset = 0): string {
    return characterAt(this.#text, this.#at + offset);
  }

  #fail(reason: string): never {
    return this.#refuse(reason, { start: this.#at, end: this.#at + 1 });
  }
}
