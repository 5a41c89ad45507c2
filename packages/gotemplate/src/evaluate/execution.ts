import { valueText } from '../format/print.ts';
import { quote } from '../format/quote.ts';
import { type Limits, Meter } from '../limits.ts';
import type { Action, Branch, List, Node, TemplateNode, Tree } from '../syntax/ast.ts';
import { CallError, LimitError, TemplateError } from '../template-error.ts';
import { sortedEntries } from '../values/from-json.ts';
import type { GoFunction } from '../values/function.ts';
import { bare, isTrue } from '../values/kind.ts';
import { GoMap, GoSlice, type GoValue } from '../values/value.ts';
import { Evaluator, type MissingKey } from './evaluator.ts';
import { Place } from './place.ts';
import { Scope } from './scope.ts';
import type { Writer } from './writer.ts';

/** What an execution works with. */
export interface Environment {
  readonly trees: ReadonlyMap<string, Tree>;
  readonly functions: ReadonlyMap<string, GoFunction>;
  readonly missingKey: MissingKey;
  readonly limits: Limits;
}

/** How a list went on: to its end, or out of it by `break` or `continue`. */
type Left = 'end' | 'break' | 'continue';

/**
 * Executes a template with data, and writes what it says.
 * @throws {TemplateError} when it fails, or reaches a bound.
 */
export function execute(tree: Tree, data: GoValue, environment: Environment, writer: Writer): void {
  const meter = new Meter(environment.limits);
  try {
    new Execution(tree, data, { environment, meter, writer }, 0).run(data);
  } catch (error) {
    // Branches within templates within templates: each is within its bound, and together they fill the stack.
    if (error instanceof RangeError)
      throw new TemplateError('limit', `template: ${tree.name}: nested too deeply`);
    throw error;
  }
}

interface Shared {
  readonly environment: Environment;
  readonly meter: Meter;
  readonly writer: Writer;
}

/** The execution of one template; those that it calls have their own. */
class Execution {
  readonly #shared: Shared;
  readonly #depth: number;
  readonly #place: Place;
  readonly #scope: Scope;
  readonly #evaluator: Evaluator;

  constructor(tree: Tree, data: GoValue, shared: Shared, depth: number) {
    this.#shared = shared;
    this.#depth = depth;
    this.#place = new Place(tree);
    this.#scope = new Scope(data);
    const { functions, missingKey } = shared.environment;
    const { meter } = shared;
    this.#evaluator = new Evaluator({ place: this.#place, scope: this.#scope, functions, missingKey, meter });
  }

  run(dot: GoValue): void {
    try {
      this.#list(dot, this.#place.tree.list);
    } catch (error) {
      throw this.#told(error);
    }
  }

  /** Bounds, and values that cannot be written, are told with the place where they were met. */
  #told(error: unknown): unknown {
    if (error instanceof TemplateError || !(error instanceof Error)) return error;
    if (error instanceof CallError) return this.#place.error('execute', error.message);
    if (error instanceof LimitError) return this.#place.error('limit', error.message);
    return error;
  }

  #list(dot: GoValue, list: List): Left {
    for (const node of list) {
      const left = this.#node(dot, node);
      if (left !== 'end') return left;
    }
    return 'end';
  }

  #node(dot: GoValue, node: Node): Left {
    this.#place.at(node);
    this.#shared.meter.step();
    switch (node.kind) {
      case 'text':
        this.#write(() => this.#shared.writer.text(node.text));
        return 'end';
      case 'action':
        this.#action(dot, node);
        return 'end';
      case 'template':
        this.#template(dot, node);
        return 'end';
      case 'range':
        return this.#range(dot, node);
      case 'if':
      case 'with':
        return this.#choose(dot, node);
    }
    return node.kind;
  }

  #write(write: () => string): void {
    this.#shared.meter.output(write());
  }

  #action(dot: GoValue, node: Action): void {
    const value = this.#evaluator.pipeline(dot, node.pipeline);
    if (node.pipeline.variables.length > 0) return;
    this.#place.at(node);
    this.#shared.meter.step();
    this.#write(() => this.#shared.writer.value(value, node, this.#place, this.#shared.meter));
  }

  #choose(dot: GoValue, node: Branch): Left {
    const mark = this.#scope.mark;
    const value = this.#evaluator.pipeline(dot, node.pipeline);
    const left = isTrue(value)
      ? this.#list(node.kind === 'with' ? value : dot, node.list)
      : this.#list(dot, node.otherwise ?? []);
    this.#scope.leave(mark);
    return left;
  }

  #range(dot: GoValue, node: Branch): Left {
    const mark = this.#scope.mark;
    const value = this.#evaluator.pipeline(dot, node.pipeline);
    let empty = true;
    let left: Left = 'end';
    const inner = this.#scope.mark;
    for (const [index, element] of this.#elements(value, node)) {
      empty = false;
      this.#shared.meter.step();
      this.#assignElement(node, index, element);
      left = this.#list(element, node.list);
      this.#scope.leave(inner);
      if (left === 'break') break;
    }
    if (!empty) left = 'end';
    else left = this.#list(dot, node.otherwise ?? []);
    this.#scope.leave(mark);
    return left;
  }

  /** With two variables the index comes first; one alone is the element. */
  #assignElement({ pipeline }: Branch, index: GoValue, element: GoValue): void {
    const [first, second] = pipeline.variables;
    if (first === undefined) return;
    this.#scope.set(first, second === undefined ? element : index);
    if (second !== undefined) this.#scope.set(second, element);
  }

  *#elements(value: GoValue, node: Branch): Iterable<readonly [GoValue, GoValue]> {
    const plain = bare(value);
    if (plain instanceof GoSlice)
      for (const [index, item] of plain.items.entries()) yield [BigInt(index), item];
    else if (plain instanceof GoMap) yield* sortedEntries(plain);
    else if (typeof plain === 'bigint') {
      if (node.pipeline.variables.length > 1)
        this.#place.fail(`can't use ${this.#shown(value)} to iterate over more than one variable`);
      for (let count = 0n; count < plain; count++) yield [count, count];
    } else if (plain !== undefined && plain !== null)
      this.#place.fail(`range can't iterate over ${this.#shown(value)}`);
  }

  #shown(value: GoValue): string {
    return valueText(value, this.#shared.meter);
  }

  #template(dot: GoValue, node: TemplateNode): void {
    const tree = this.#shared.environment.trees.get(node.name);
    if (tree === undefined) this.#place.fail(`template ${quote(node.name)} not defined`);
    this.#shared.meter.depth(this.#depth + 1);
    const data = node.pipeline === undefined ? undefined : this.#evaluator.pipeline(dot, node.pipeline);
    new Execution(tree, data, this.#shared, this.#depth + 1).run(data);
  }
}
