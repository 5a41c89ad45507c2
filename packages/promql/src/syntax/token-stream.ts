import type { Refuse } from './decode-string.ts';
import { Lexer } from './lexer.ts';
import { DEEPEST_NESTING } from './limits.ts';
import { ParseError } from './parse-error.ts';
import { describe, type Token } from './tokens.ts';

/** The tokens of a text as a parser reads them: one is looked at before it is taken. */
export class TokenStream {
  readonly text: string;
  readonly #lexer: Lexer;
  #next: Token | undefined;
  #behind: Token | undefined;
  #nesting = 0;
  /** How many aggregations are being read: a token without a place is said to be in the innermost. */
  #aggregations = 0;
  /** Where the token that was taken last ends. */
  lastEnd = 0;

  constructor(text: string) {
    this.text = text;
    this.#lexer = new Lexer(text, this.refuse);
  }

  peek(): Token {
    this.#next ??= this.#lexer.next();
    return this.#next;
  }

  take(): Token {
    const token = this.peek();
    this.#next = this.#behind;
    this.#behind = undefined;
    this.lastEnd = token.end;
    return token;
  }

  /** Takes the next token if it is this keyword, operator or mark. */
  takeIf(word: string): Token | undefined {
    return this.peek().word === word ? this.take() : undefined;
  }

  /** Takes the next token, which has to be this mark. `context` and `expected` as in `unexpected`. */
  expect(word: string, context = '', expected = ''): Token {
    return this.takeIf(word) ?? this.unexpected(context, expected);
  }

  /** The token behind the next one. */
  peekBehind(): Token {
    this.peek();
    this.#behind ??= this.#lexer.next();
    return this.#behind;
  }

  /** Goes down one level. */
  nested<Result>(read: () => Result): Result {
    if (++this.#nesting > DEEPEST_NESTING) {
      this.refuse(`expression is nested more than ${DEEPEST_NESTING} levels deep`, this.peek());
    }
    const result = read();
    this.#nesting--;
    return result;
  }

  /** Reads what belongs to an aggregation. */
  inAggregation<Result>(read: () => Result): Result {
    this.#aggregations++;
    const result = read();
    this.#aggregations--;
    return result;
  }

  /** Refuses the next token, which has no place here. */
  unexpected(context = '', expected = ''): never {
    const token = this.peek();
    const within = context === '' && this.#aggregations > 0 ? 'aggregation' : context;
    const where = within === '' ? '' : ` in ${within}`;
    const instead = expected === '' ? '' : `, expected ${expected}`;
    return this.refuse(`unexpected ${describe(token)}${where}${instead}`, token);
  }

  readonly refuse: Refuse = (reason, span) => {
    throw new ParseError(reason, span, this.text);
  };
}
