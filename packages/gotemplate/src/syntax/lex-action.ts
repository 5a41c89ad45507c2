import { quote } from '../format/quote.ts';
import { type ActionEnd, actionEnd, isSpace } from './lexer.ts';
import { KEYWORDS, type Token, type TokenKind } from './token.ts';

const WORD = /[\p{L}\p{Nd}_]*/uy;
const NUMBER =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*|0[bB][01_]*|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y;
const TERMINATORS = '.,|:)(';
const SYMBOLS: Readonly<Record<string, TokenKind>> = {
  '|': 'pipe',
  '=': 'assign',
  '(': 'open',
  ')': 'close',
};

/** Lexes one action, from behind its left delimiter to its right one. */
export class ActionLexer {
  readonly #template: string;
  readonly #tokens: Token[];
  #at: number;
  #open = 0;

  constructor(template: string, left: number, inside: number, tokens: Token[]) {
    this.#template = template;
    this.#tokens = tokens;
    this.#at = inside;
    tokens.push({ kind: 'left', text: '{{', at: left });
  }

  /** @returns where the action ended; undefined after an error, which is the last token then. */
  run(): ActionEnd | undefined {
    for (;;) {
      const end = actionEnd(this.#template, this.#at);
      if (end !== undefined) {
        if (this.#open > 0) return this.#fail('unclosed left paren');
        this.#tokens.push({ kind: 'right', text: '}}', at: this.#at + (end.trim ? 2 : 0) });
        return end;
      }
      const error = this.#next();
      if (error !== undefined) return this.#fail(error);
    }
  }

  #fail(message: string): undefined {
    this.#tokens.push({ kind: 'error', text: message, at: this.#at });
  }

  /** Takes one token; answers what is wrong, if anything is. */
  #next(): string | undefined {
    const character = this.#template.charAt(this.#at);
    if (character === '') return 'unclosed action';
    if (isSpace(character)) return this.#spaces();
    if (character === '"') return this.#quoted('"', 'string', 'unterminated quoted string');
    if (character === "'") return this.#quoted("'", 'character', 'unterminated character constant');
    if (character === '`') return this.#raw();
    if (character === '$') return this.#name('variable', character);
    if (character === '.') return this.#dot();
    if (/[+\-0-9]/u.test(character)) return this.#number();
    WORD.lastIndex = this.#at;
    const [word = ''] = WORD.exec(this.#template) ?? [];
    return word === '' ? this.#symbol(character) : this.#word(word);
  }

  #symbol(character: string): string | undefined {
    if (character === ':') {
      if (this.#template.charAt(this.#at + 1) !== '=') return 'expected :=';
      return this.#push('declare', ':=');
    }
    if (character === ')' && this.#open === 0) return 'unexpected right paren';
    if (character === '(') this.#open++;
    if (character === ')') this.#open--;
    const kind = SYMBOLS[character];
    if (kind !== undefined) return this.#push(kind, character);
    if (character > ' ' && character <= '~') return this.#push('char', character);
    return `unrecognized character in action: ${codePoint(this.#template, this.#at)}`;
  }

  #push(kind: TokenKind, text: string): undefined {
    this.#tokens.push({ kind, text, at: this.#at });
    this.#at += text.length;
  }

  #spaces(): undefined {
    let end = this.#at;
    // The last space belongs to a trim marker that follows it.
    while (isSpace(this.#template.charAt(end)) && actionEnd(this.#template, end) === undefined) end++;
    this.#push('space', this.#template.slice(this.#at, end));
  }

  #quoted(quote: string, kind: TokenKind, unterminated: string): string | undefined {
    for (let end = this.#at + 1; ; end++) {
      const character = this.#template.charAt(end);
      if (character === quote) return this.#push(kind, this.#template.slice(this.#at, end + 1));
      if (character === '\\') end++;
      const last = this.#template.charAt(end);
      if (last === '' || last === '\n') return unterminated;
    }
  }

  #raw(): string | undefined {
    const end = this.#template.indexOf('`', this.#at + 1);
    if (end === -1) return 'unterminated raw quoted string';
    return this.#push('raw', this.#template.slice(this.#at, end + 1));
  }

  #dot(): string | undefined {
    return /[0-9]/u.test(this.#template.charAt(this.#at + 1)) ? this.#number() : this.#name('field', '.');
  }

  /** A field or a variable; alone, its sign is the dot, or the root's variable. */
  #name(kind: 'field' | 'variable', sign: string): string | undefined {
    WORD.lastIndex = this.#at + 1;
    const [word = ''] = WORD.exec(this.#template) ?? [];
    const text = sign + word;
    if (word === '' && kind === 'variable') return this.#push(kind, text);
    if (word === '') return this.#endsAt(text) ?? this.#push('dot', text);
    return this.#endsAt(text) ?? this.#push(kind, text);
  }

  #word(word: string): string | undefined {
    const wrong = this.#endsAt(word);
    if (wrong !== undefined) return wrong;
    const keyword = KEYWORDS.find((one) => one === word);
    if (keyword !== undefined) return this.#push(keyword, word);
    return this.#push(word === 'true' || word === 'false' ? 'bool' : 'identifier', word);
  }

  /** What follows a name has to end it. */
  #endsAt(text: string): string | undefined {
    const end = this.#at + text.length;
    const after = this.#template.charAt(end);
    const ends = after === '' || isSpace(after) || TERMINATORS.includes(after);
    if (ends || actionEnd(this.#template, end) !== undefined) return undefined;
    return `bad character ${codePoint(this.#template, end)}`;
  }

  #complex(real: string): string {
    NUMBER.lastIndex = this.#at + real.length;
    const [imaginary = ''] = NUMBER.exec(this.#template) ?? [];
    return real + imaginary;
  }

  #number(): string | undefined {
    NUMBER.lastIndex = this.#at;
    const [text = ''] = NUMBER.exec(this.#template) ?? [];
    WORD.lastIndex = this.#at + text.length;
    const [word = ''] = WORD.exec(this.#template) ?? [];
    const [first = ''] = word;
    // What could only go on as a complex number.
    if (/[0-9i][+-]$/u.test(text + this.#template.charAt(this.#at + text.length)))
      return `bad number syntax: ${quote(this.#complex(text))}`;
    if (first !== '') return `bad number syntax: ${quote(text + first)}`;
    return this.#push('number', text);
  }
}

function codePoint(template: string, at: number): string {
  const code = template.codePointAt(at) ?? 0;
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  const shown = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(String.fromCodePoint(code));
  return shown ? `U+${hex} '${String.fromCodePoint(code)}'` : `U+${hex}`;
}
