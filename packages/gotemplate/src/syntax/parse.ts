import { quote } from '../format/quote.ts';
import type { Branch, List, Node, TemplateNode, Tree } from './ast.ts';
import { unquote } from './literals.ts';
import { PipelineParser } from './parse-pipeline.ts';
import type { Keyword, Token } from './token.ts';
import { TokenStream } from './token-stream.ts';

/**
 * Parses a text: the template of its name, and those that it defines.
 * @param hasFunction what may be called; an unknown function is an error of the text.
 * @throws {TemplateError} `template: name:line: reason`, as Go words it.
 */
export function parse(name: string, text: string, hasFunction: (name: string) => boolean): Tree[] {
  return new Parser(name, text, hasFunction).trees();
}

/** Whether a list writes nothing but spaces: such a template replaces none. */
export function isEmpty(list: List): boolean {
  return list.every((node) => node.kind === 'text' && node.text.trim() === '');
}

/** How a list ended: at `end` or `else`, or where there is no more text. */
interface Ended {
  readonly list: List;
  readonly by: Token;
}

class Parser {
  readonly #tokens: TokenStream;
  readonly #pipelines: PipelineParser;
  readonly #trees = new Map<string, Tree>();
  #ranges = 0;

  constructor(name: string, text: string, hasFunction: (name: string) => boolean) {
    this.#tokens = new TokenStream(name, text);
    this.#pipelines = new PipelineParser(this.#tokens, hasFunction);
  }

  trees(): Tree[] {
    const list: Node[] = [];
    while (this.#tokens.peek().kind !== 'eof') {
      if (this.#definition()) continue;
      const node = this.#textOrAction();
      if (node === undefined) continue;
      if (isEnding(node)) this.#tokens.fail(`unexpected {{${node.kind}}}`);
      else list.push(node);
    }
    this.#add(this.#tokens.name, list);
    return [...this.#trees.values()];
  }

  #add(name: string, list: List): void {
    const before = this.#trees.get(name);
    if (before !== undefined && !isEmpty(before.list) && !isEmpty(list))
      this.#tokens.fail(`template: multiple definition of template ${quote(name)}`);
    if (before !== undefined && isEmpty(list)) return;
    this.#trees.set(name, { name, source: { name: this.#tokens.name, text: this.#tokens.text }, list });
  }

  #definition(): boolean {
    const { position } = this.#tokens;
    if (this.#tokens.next().kind === 'left' && this.#tokens.nextNonSpace().kind === 'define') {
      this.#define();
      return true;
    }
    this.#tokens.returnTo(position);
    return false;
  }

  #define(): void {
    const context = 'define clause';
    const name = this.#name(this.#tokens.expect(['string', 'raw'], context), context);
    this.#tokens.expect(['right'], context);
    const ranges = this.#ranges;
    this.#ranges = 0;
    const { list, by } = this.#pipelines.freshScope(() => this.#list());
    this.#ranges = ranges;
    if (by.kind !== 'end') this.#tokens.fail(`unexpected {{else}} in ${context}`);
    this.#add(name, list);
  }

  #name(token: Token, context: string): string {
    if (token.kind !== 'string' && token.kind !== 'raw') return this.#tokens.unexpected(token, context);
    return unquote(token.text) ?? this.#tokens.fail('invalid syntax');
  }

  #list(): Ended {
    return this.#tokens.nested(() => {
      const list: Node[] = [];
      while (this.#tokens.peekNonSpace().kind !== 'eof') {
        const node = this.#textOrAction();
        if (node === undefined) continue;
        if (isEnding(node)) return { list, by: node };
        list.push(node);
      }
      return this.#tokens.fail('unexpected EOF');
    });
  }

  #textOrAction(): Node | Token | undefined {
    const token = this.#tokens.nextNonSpace();
    if (token.kind === 'text') return { kind: 'text', at: token.at, text: token.text };
    if (token.kind !== 'left') return this.#tokens.unexpected(token, 'input');
    this.#tokens.inAction(token);
    const node = this.#action();
    this.#tokens.inAction(undefined);
    return node;
  }

  #action(): Node | Token {
    const { position } = this.#tokens;
    const token = this.#tokens.nextNonSpace();
    switch (token.kind) {
      case 'block':
        return this.#block(token);
      case 'break':
      case 'continue':
        return this.#leave(token.kind);
      case 'else':
        return this.#else(token);
      case 'end':
        this.#tokens.expect(['right'], 'end');
        return token;
      case 'if':
      case 'range':
      case 'with':
        return this.#branch(token.kind);
      case 'template':
        return this.#template();
    }
    this.#tokens.returnTo(position);
    const { at } = this.#tokens.peekNonSpace();
    return { kind: 'action', at, pipeline: this.#pipelines.pipeline('command', 'right') };
  }

  #leave(kind: 'break' | 'continue'): Node {
    const token = this.#tokens.nextNonSpace();
    if (token.kind !== 'right') this.#tokens.unexpected(token, `{{${kind}}}`);
    if (this.#ranges === 0) this.#tokens.fail(`{{${kind}}} outside {{range}}`);
    return { kind, at: token.at };
  }

  /** `else if` and `else with` leave their keyword for the branch they belong to. */
  #else(token: Token): Token {
    const { kind } = this.#tokens.peekNonSpace();
    if (kind !== 'if' && kind !== 'with') this.#tokens.expect(['right'], 'else');
    return token;
  }

  #branch(kind: 'if' | 'with' | 'range'): Branch {
    return this.#pipelines.scope(() => {
      const pipeline = this.#pipelines.pipeline(kind, 'right');
      const { list, by } = this.#body(kind);
      const otherwise = by.kind === 'else' ? this.#otherwise(kind) : undefined;
      const node = { kind, at: pipeline.at, pipeline, list };
      return otherwise === undefined ? node : { ...node, otherwise };
    });
  }

  #body(kind: Keyword): Ended {
    if (kind !== 'range') return this.#list();
    this.#ranges++;
    const ended = this.#list();
    this.#ranges--;
    return ended;
  }

  #otherwise(kind: 'if' | 'with' | 'range'): List {
    if (kind !== 'range' && this.#tokens.peek().kind === kind) {
      this.#tokens.next();
      return this.#tokens.nested(() => [this.#branch(kind)]);
    }
    const { list, by } = this.#list();
    if (by.kind !== 'end') this.#tokens.fail('expected end; found {{else}}');
    return list;
  }

  #block(token: Token): TemplateNode {
    const context = 'block clause';
    const name = this.#name(this.#tokens.nextNonSpace(), context);
    const pipeline = this.#pipelines.pipeline(context, 'right');
    const ranges = this.#ranges;
    this.#ranges = 0;
    const { list, by } = this.#pipelines.freshScope(() => this.#list());
    this.#ranges = ranges;
    if (by.kind !== 'end') this.#tokens.fail(`unexpected {{else}} in ${context}`);
    this.#add(name, list);
    return { kind: 'template', at: token.at, name, pipeline };
  }

  #template(): TemplateNode {
    const context = 'template clause';
    // Errors of the call are told where the name stands.
    const { at } = this.#tokens.peekNonSpace();
    const name = this.#name(this.#tokens.nextNonSpace(), context);
    if (this.#tokens.peekNonSpace().kind === 'right') {
      this.#tokens.next();
      return { kind: 'template', at, name };
    }
    return { kind: 'template', at, name, pipeline: this.#pipelines.pipeline(context, 'right') };
  }
}

function isEnding(node: Node | Token): node is Token {
  return node.kind === 'end' || node.kind === 'else';
}
