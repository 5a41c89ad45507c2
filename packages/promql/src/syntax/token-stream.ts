import type { Refuse } from './decode-string.ts';
import { Lexer } from './lexer.ts';
import { DEEPEST_NESTING, HIGHEST_TREE } from './limits.ts';
import { ParseError } from './parse-error.ts';
import { describe, type Token } from './tokens.ts';

/** What messages call the thing that a token has no place in, and what could stand there instead. */
export interface Context {
  readonly name: string;
  readonly expected?: string;
}

/** The tokens of a text as a parser reads them: one is looked at before it is taken. */
export class TokenStream {
  readonly text: string;
  readonly #lexer: Lexer;
  #next: Token | undefined;
  #behind: Token | undefined;
  #nesting = 0;
  /** What is being read, the innermost last: a token without a place is said to be in it. */
  readonly #contexts: Context[] = [];
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

  /** Takes the next token, which has to be this mark. */
  expect(word: string, context?: Context): Token {
    return this.takeIf(word) ?? this.unexpected(context);
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

  /** Refuses one more operator on top of a chain that is as high as trees may be. */
  requireHeight(height: number): void {
    if (height >= HIGHEST_TREE) this.refuse(`expression has more than ${HIGHEST_TREE} levels`, this.peek());
  }

  /** Reads what belongs to something that messages name. */
  within<Result>(context: Context, read: () => Result): Result {
    this.#contexts.push(context);
    const result = read();
    this.#contexts.pop();
    return result;
  }

  /** Refuses the next token, which has no place here: in a context of its own, or in what is being read. */
  unexpected(context = this.#contexts.at(-1)): never {
    const token = this.peek();
    const where = context === undefined ? '' : ` in ${context.name}`;
    const instead = context?.expected === undefined ? '' : `, expected ${context.expected}`;
    return this.refuse(`unexpected ${describe(token)}${where}${instead}`, token);
  }

  readonly refuse: Refuse = (reason, { start, end }) => {
    throw new ParseError(reason, { start, end }, this.text);
  };
}
