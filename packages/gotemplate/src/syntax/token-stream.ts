import { quote } from '../format/quote.ts';
import { TemplateError } from '../template-error.ts';
import { tokenize } from './lexer.ts';
import { describe, type Token, type TokenKind } from './token.ts';

/** Controls, definitions and parentheses within one another. */
const DEEPEST = 200;

/** Reads the tokens of one text in order, and words what is wrong with them. */
export class TokenStream {
  readonly name: string;
  readonly text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  /** The furthest token that was looked at: errors are told to be on its line. */
  #seen = 0;
  #depth = 0;
  /** Where the action that is being read began. */
  #action: Token | undefined;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    this.#tokens = tokenize(text);
  }

  next(): Token {
    const token = this.#at(this.#next);
    if (this.#next < this.#tokens.length) this.#next++;
    return token;
  }

  peek(): Token {
    return this.#at(this.#next);
  }

  skipSpaces(): void {
    while (this.peek().kind === 'space') this.next();
  }

  nextNonSpace(): Token {
    this.skipSpaces();
    return this.next();
  }

  peekNonSpace(): Token {
    this.skipSpaces();
    return this.peek();
  }

  /** Where reading is, to return to. */
  get position(): number {
    return this.#next;
  }

  returnTo(position: number): void {
    this.#next = position;
  }

  /** @throws {TemplateError} when the next token is of no such kind. */
  expect(kinds: readonly TokenKind[], context: string): Token {
    const token = this.nextNonSpace();
    return kinds.includes(token.kind) ? token : this.unexpected(token, context);
  }

  unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') return this.fail(`unexpected ${describe(token)} in ${context}`);
    const started = this.#action === undefined ? undefined : this.#lineOf(this.#action);
    if (started === undefined || started === this.#lineOf(token)) return this.fail(token.text);
    const where = `started at ${this.name}:${started}`;
    return this.fail(
      token.text.endsWith(' action') ? `${token.text} ${where}` : `${token.text} in action ${where}`,
    );
  }

  fail(message: string): never {
    throw new TemplateError(
      'parse',
      `template: ${this.name}:${this.#lineOf(this.#at(this.#seen))}: ${message}`,
    );
  }

  undefinedFunction(name: string): never {
    return this.fail(`function ${quote(name)} not defined`);
  }

  /** Tells that an action begins, or has been read. */
  inAction(left: Token | undefined): void {
    this.#action = left;
  }

  /** Reads what is nested. @throws {TemplateError} when that is too deep. */
  nested<Result>(read: () => Result): Result {
    if (this.#depth >= DEEPEST)
      throw new TemplateError('limit', `template: ${this.name}: nested deeper than ${DEEPEST}`);
    this.#depth++;
    const result = read();
    this.#depth--;
    return result;
  }

  #at(index: number): Token {
    this.#seen = Math.max(this.#seen, Math.min(index, this.#tokens.length - 1));
    return this.#tokens[index] ?? { kind: 'eof', text: '', at: this.text.length };
  }

  #lineOf({ at }: Token): number {
    let line = 1;
    for (
      let found = this.text.indexOf('\n');
      found !== -1 && found < at;
      found = this.text.indexOf('\n', found + 1)
    )
      line++;
    return line;
  }
}
