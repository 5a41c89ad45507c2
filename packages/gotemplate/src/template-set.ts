import { BUILTINS } from './builtins/table.ts';
import type { MissingKey } from './evaluate/evaluator.ts';
import { type Environment, execute } from './evaluate/execution.ts';
import { TextWriter } from './evaluate/writer.ts';
import { quote } from './format/quote.ts';
import { HtmlWriter } from './html/html-writer.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import type { Tree } from './syntax/ast.ts';
import { isEmpty, parse } from './syntax/parse.ts';
import { TemplateError } from './template-error.ts';
import type { FunctionTable, GoFunction } from './values/function.ts';
import type { GoValue } from './values/value.ts';

export interface TemplateOptions {
  /** What templates may call besides Go's own functions. */
  readonly functions?: FunctionTable;
  /** What `.x` of a map without `x` is; `default`: no value. */
  readonly missingKey?: MissingKey;
  readonly limits?: Partial<Limits>;
}

/** Templates that know one another by their names. */
export class TemplateSet {
  readonly #trees = new Map<string, Tree>();
  readonly #functions: ReadonlyMap<string, GoFunction>;
  readonly #missingKey: MissingKey;
  readonly #limits: Limits;

  constructor({ functions = {}, missingKey = 'default', limits = {} }: TemplateOptions = {}) {
    this.#functions = new Map([...Object.entries(BUILTINS), ...Object.entries(functions)]);
    this.#missingKey = missingKey;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /**
   * Adds the template of a text, and those that it defines. A later one replaces an earlier one of its name, unless
   * it says nothing.
   * @throws {TemplateError} `parse`: then nothing is added.
   */
  parse(name: string, text: string): this {
    for (const tree of parse(name, text, (called) => this.#functions.has(called)))
      if (!this.#trees.has(tree.name) || !isEmpty(tree.list)) this.#trees.set(tree.name, tree);
    return this;
  }

  /**
   * What a template says about some data.
   * @throws {TemplateError} `execute` or `limit`.
   */
  render(name: string, data?: GoValue): string {
    const writer = new TextWriter();
    execute(this.#tree(name), data, this.#environment(), writer);
    return writer.output;
  }

  /**
   * What a template says in HTML: values are escaped for the place they stand in.
   * @throws {TemplateError} `execute` or `limit`.
   */
  renderHtml(name: string, data?: GoValue): string {
    const writer = new HtmlWriter();
    execute(this.#tree(name), data, this.#environment(), writer);
    writer.end(name);
    return writer.output;
  }

  #tree(name: string): Tree {
    const tree = this.#trees.get(name);
    if (tree !== undefined) return tree;
    throw new TemplateError('execute', `template: no template ${quote(name)}`);
  }

  #environment(): Environment {
    return {
      trees: this.#trees,
      functions: this.#functions,
      missingKey: this.#missingKey,
      limits: this.#limits,
    };
  }
}
