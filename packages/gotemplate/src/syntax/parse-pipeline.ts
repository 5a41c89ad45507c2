import { quote } from '../format/quote.ts';
import type { Command, Operand, Pipeline } from './ast.ts';
import { unquote } from './literals.ts';
import { numberNode } from './numbers.ts';
import { print } from './print.ts';
import type { Token, TokenKind } from './token.ts';
import type { TokenStream } from './token-stream.ts';

const OPERANDS: readonly TokenKind[] = [
  'bool',
  'character',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw',
  'string',
  'variable',
  'open',
];
/** What can be no later stage of a pipeline. */
const NOT_EXECUTABLE: readonly Operand['kind'][] = ['bool', 'dot', 'nil', 'number', 'string'];

/** Parses pipelines, and knows which variables there are. */
export class PipelineParser {
  readonly #tokens: TokenStream;
  readonly #hasFunction: (name: string) => boolean;
  #variables = ['$'];

  constructor(tokens: TokenStream, hasFunction: (name: string) => boolean) {
    this.#tokens = tokens;
    this.#hasFunction = hasFunction;
  }

  /** Variables that `read` declares are gone behind it. */
  scope<Result>(read: () => Result): Result {
    const before = this.#variables.length;
    const result = read();
    this.#variables.length = before;
    return result;
  }

  /** A template of its own sees none of the variables around it. */
  freshScope<Result>(read: () => Result): Result {
    const around = this.#variables;
    this.#variables = ['$'];
    const result = read();
    this.#variables = around;
    return result;
  }

  /** A pipeline up to the token that ends it. */
  pipeline(context: string, end: 'right' | 'close'): Pipeline {
    const { at } = this.#tokens.peekNonSpace();
    const { variables, assigns } = this.#declarations(context);
    const commands: Command[] = [];
    for (;;) {
      const token = this.#tokens.peekNonSpace();
      if (token.kind === end) break;
      if (!OPERANDS.includes(token.kind)) this.#unexpected(context);
      commands.push(this.#command());
    }
    this.#tokens.next();
    this.#check(commands, context);
    return { kind: 'pipeline', at, variables, assigns, commands };
  }

  #unexpected(context: string): never {
    return this.#tokens.unexpected(this.#tokens.next(), context);
  }

  #check(commands: readonly Command[], context: string): void {
    if (commands.length === 0) this.#tokens.fail(`missing value for ${context}`);
    for (const [index, { words }] of commands.entries())
      if (index > 0 && NOT_EXECUTABLE.includes(words[0].kind))
        this.#tokens.fail(`non executable command in pipeline stage ${index + 1}`);
  }

  #declarations(context: string): { variables: string[]; assigns: boolean } {
    const variables: string[] = [];
    for (;;) {
      const variable = this.#tokens.peekNonSpace();
      const { position } = this.#tokens;
      if (variable.kind !== 'variable') return { variables, assigns: false };
      this.#tokens.next();
      const sign = this.#tokens.peekNonSpace();
      if (sign.kind === 'assign' || sign.kind === 'declare') {
        this.#tokens.next();
        this.#declare(variable, variables);
        return { variables, assigns: sign.kind === 'assign' };
      }
      if (sign.kind !== 'char' || sign.text !== ',') {
        this.#tokens.returnTo(position);
        return { variables, assigns: false };
      }
      this.#tokens.next();
      this.#declare(variable, variables);
      this.#requireSecond(variables, context);
    }
  }

  #declare({ text }: Token, variables: string[]): void {
    variables.push(text);
    this.#variables.push(text);
  }

  #requireSecond(variables: readonly string[], context: string): void {
    if (context !== 'range' || variables.length > 1) this.#tokens.fail(`too many declarations in ${context}`);
    const { kind } = this.#tokens.peekNonSpace();
    if (kind !== 'variable' && kind !== 'right' && kind !== 'close')
      this.#tokens.fail('range can only initialize variables');
  }

  #command(): Command {
    const words: Operand[] = [];
    const { at } = this.#tokens.peekNonSpace();
    for (;;) {
      this.#tokens.skipSpaces();
      const operand = this.#operand();
      if (operand !== undefined) words.push(operand);
      const { kind } = this.#tokens.peek();
      if (kind === 'space') continue;
      if (kind === 'right' || kind === 'close') break;
      if (kind !== 'pipe') this.#unexpected('operand');
      this.#tokens.next();
      break;
    }
    const [first, ...rest] = words;
    if (first === undefined) return this.#tokens.fail('empty command');
    return { kind: 'command', at, words: [first, ...rest] };
  }

  #operand(): Operand | undefined {
    const operand = this.#term();
    const field = this.#tokens.peek();
    if (operand === undefined || field.kind !== 'field') return operand;
    const fields: string[] = [];
    while (this.#tokens.peek().kind === 'field') fields.push(this.#tokens.next().text.slice(1));
    return this.#withFields(operand, fields, field.at);
  }

  #withFields(operand: Operand, fields: readonly string[], at: number): Operand {
    switch (operand.kind) {
      case 'field':
        return { kind: 'field', at, names: [...operand.names, ...fields] };
      case 'variable':
        return { ...operand, at, fields };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.#tokens.fail(`unexpected . after term ${quote(print(operand))}`);
    }
    return { kind: 'chain', at, operand, fields };
  }

  #term(): Operand | undefined {
    const { kind, text, at } = this.#tokens.peekNonSpace();
    if (!OPERANDS.includes(kind)) return undefined;
    this.#tokens.next();
    switch (kind) {
      case 'identifier':
        return this.#hasFunction(text) ? { kind, at, name: text } : this.#tokens.undefinedFunction(text);
      case 'dot':
      case 'nil':
        return { kind, at };
      case 'variable':
        return this.#variable(text, at);
      case 'field':
        return { kind, at, names: [text.slice(1)] };
      case 'bool':
        return { kind, at, value: text === 'true' };
      case 'string':
      case 'raw':
        return this.#string(text, at);
      case 'open':
        return this.#tokens.nested(() => this.pipeline('parenthesized pipeline', 'close'));
    }
    return this.#number(text, at);
  }

  #variable(name: string, at: number): Operand {
    if (!this.#variables.includes(name)) this.#tokens.fail(`undefined variable ${quote(name)}`);
    return { kind: 'variable', at, name, fields: [] };
  }

  #string(text: string, at: number): Operand {
    const value = unquote(text) ?? this.#tokens.fail('invalid syntax');
    return { kind: 'string', at, text, value };
  }

  #number(text: string, at: number): Operand {
    const node = numberNode(text, at);
    return typeof node === 'string' ? this.#tokens.fail(node) : node;
  }
}
