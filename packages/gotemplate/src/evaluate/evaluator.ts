import { AND, OR } from '../builtins/table.ts';
import { quote } from '../format/quote.ts';
import type { Meter } from '../limits.ts';
import type {
  ChainNode,
  Command,
  FieldNode,
  IdentifierNode,
  NumberNode,
  Operand,
  Pipeline,
  VariableNode,
} from '../syntax/ast.ts';
import { print } from '../syntax/print.ts';
import { CallError } from '../template-error.ts';
import { goDuration } from '../time/duration.ts';
import type { GoFunction, ParameterType } from '../values/function.ts';
import { isTrue, typeName } from '../values/kind.ts';
import { ANY, GoMap, GoStruct, type GoValue } from '../values/value.ts';
import { assign, nilOf } from './assign.ts';
import { methodOf, zeroOf } from './members.ts';
import type { Place, Placed } from './place.ts';
import type { Scope } from './scope.ts';

/** What `.x` of a map without `x` is: no value, the zero of the map's elements, or an error. */
export type MissingKey = 'default' | 'zero' | 'error';

/** What a command is given besides its own words. */
interface Final {
  readonly value: GoValue;
}

/** What stands behind the function of a command. */
interface Given {
  readonly words: readonly Operand[];
  readonly final: Final | undefined;
}

const NOTHING: Given = { words: [], final: undefined };

export interface EvaluatorParts {
  readonly place: Place;
  readonly scope: Scope;
  readonly functions: ReadonlyMap<string, GoFunction>;
  readonly missingKey: MissingKey;
  readonly meter: Meter;
}

/** Evaluates the pipelines of one template. */
export class Evaluator {
  readonly #parts: EvaluatorParts;

  constructor(parts: EvaluatorParts) {
    this.#parts = parts;
  }

  /** The value of a pipeline; the variables that it names get it. */
  pipeline(dot: GoValue, pipeline: Pipeline): GoValue {
    this.#parts.place.at(pipeline);
    let final: Final | undefined;
    for (const command of pipeline.commands) {
      const value = this.#command(dot, command, final);
      // Between commands there are no nil interfaces, only no values.
      final = { value: value === null ? undefined : value };
    }
    for (const variable of pipeline.variables) this.#declare(variable, pipeline.assigns, final?.value);
    return final?.value;
  }

  #declare(variable: string, assigns: boolean, value: GoValue): void {
    if (!assigns) this.#parts.scope.push(variable, value);
    else if (!this.#parts.scope.set(variable, value)) this.#fail(`undefined variable: ${variable}`);
  }

  #command(dot: GoValue, command: Command, final: Final | undefined): GoValue {
    this.#parts.meter.step();
    const [first, ...words] = command.words;
    const given = { words, final };
    switch (first.kind) {
      case 'field':
        return this.#field(dot, first, given);
      case 'chain':
        return this.#chain(dot, first, given);
      case 'identifier':
        return this.#function(dot, first, command, given);
      case 'variable':
        return this.#variable(dot, first, given);
      case 'pipeline':
        this.#requireAlone(first, given);
        return this.pipeline(dot, first);
    }
    this.#parts.place.at(first);
    this.#requireAlone(first, given);
    return first.kind === 'nil' ? this.#fail('nil is not a command') : this.#simple(dot, first);
  }

  #simple(
    dot: GoValue,
    node: Exclude<Operand, FieldNode | ChainNode | IdentifierNode | VariableNode | Pipeline>,
  ): GoValue {
    switch (node.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'number':
        return this.#ideal(node);
    }
    return node.value;
  }

  #ideal({ ideal, int, float, text }: NumberNode): GoValue {
    if (ideal === 'float') return float;
    return int ?? this.#fail(`${text} overflows int`);
  }

  #requireAlone(node: Operand, { words, final }: Given): void {
    if (words.length > 0 || final !== undefined)
      this.#fail(`can't give argument to non-function ${print(node)}`);
  }

  #fail(message: string): never {
    return this.#parts.place.fail(message);
  }

  #field(dot: GoValue, node: FieldNode, given: Given): GoValue {
    this.#parts.place.at(node);
    return this.#fields(dot, dot, node, node.names, given);
  }

  #variable(dot: GoValue, node: VariableNode, given: Given): GoValue {
    this.#parts.place.at(node);
    const value = this.#parts.scope.get(node.name);
    if (node.fields.length > 0) return this.#fields(dot, value, node, node.fields, given);
    this.#requireAlone(node, given);
    return value;
  }

  #chain(dot: GoValue, node: ChainNode, given: Given): GoValue {
    this.#parts.place.at(node);
    if (node.operand.kind === 'nil') this.#fail(`indirection through explicit nil in ${print(node)}`);
    const value = this.#argument(dot, 'value', node.operand);
    return this.#fields(dot, value, node, node.fields, given);
  }

  #fields(dot: GoValue, first: GoValue, node: Operand, names: readonly string[], given: Given): GoValue {
    let receiver = first;
    let type = typeName(first);
    for (const [index, name] of names.entries()) {
      const last = index === names.length - 1;
      const value = this.#member(dot, receiver, type, name, node, last ? given : NOTHING);
      type = receiver instanceof GoMap && receiver.type.element === ANY ? ANY : typeName(value);
      receiver = value;
    }
    return receiver;
  }

  #member(dot: GoValue, receiver: GoValue, type: string, name: string, node: Operand, given: Given): GoValue {
    this.#parts.meter.step();
    if (receiver === undefined)
      return this.#parts.missingKey === 'error'
        ? this.#fail(`nil data; no entry for key ${quote(name)}`)
        : undefined;
    if (receiver === null) return this.#fail(`nil pointer evaluating ${ANY}.${name}`);
    const method = methodOf(receiver, name);
    if (method !== undefined) return this.#call(dot, method, name, node, given);
    const hasArguments = given.words.length > 0 || given.final !== undefined;
    if (receiver instanceof GoStruct && receiver.fields.has(name)) {
      if (hasArguments) this.#fail(`${name} has arguments but cannot be invoked as function`);
      return receiver.fields.get(name);
    }
    if (!(receiver instanceof GoMap)) return this.#fail(`can't evaluate field ${name} in type ${type}`);
    if (hasArguments) this.#fail(`${name} is not a method but has arguments`);
    return receiver.entries.has(name) ? receiver.entries.get(name) : this.#missing(receiver, name);
  }

  #missing({ type }: GoMap, name: string): GoValue {
    const { missingKey } = this.#parts;
    if (missingKey === 'error') return this.#fail(`map has no entry for key ${quote(name)}`);
    return missingKey === 'zero' ? zeroOf(type.element) : undefined;
  }

  #function(dot: GoValue, node: IdentifierNode, caller: Placed, given: Given): GoValue {
    this.#parts.place.at(node);
    const called = this.#parts.functions.get(node.name);
    if (called === undefined) return this.#fail(`${quote(node.name)} is not a defined function`);
    if (called === AND || called === OR) return this.#shortCircuit(dot, called, node.name, given);
    return this.#call(dot, called, node.name, caller, given);
  }

  #shortCircuit(dot: GoValue, called: GoFunction, name: string, { words, final }: Given): GoValue {
    if (words.length === 0 && final === undefined)
      this.#fail(`wrong number of args for ${name}: want at least 1 got 0`);
    let value: GoValue;
    for (const word of words) {
      value = this.#argument(dot, 'value', word);
      if (isTrue(value) === (called === OR)) return value;
    }
    return final === undefined ? value : final.value;
  }

  #call(dot: GoValue, called: GoFunction, name: string, node: Placed, { words, final }: Given): GoValue {
    const { parameters, variadic } = called.signature;
    const count = words.length + (final === undefined ? 0 : 1);
    if (variadic !== undefined && count < parameters.length)
      this.#fail(`wrong number of args for ${name}: want at least ${parameters.length} got ${words.length}`);
    if (variadic === undefined && count !== parameters.length)
      this.#fail(`wrong number of args for ${name}: want ${parameters.length} got ${count}`);
    const typeAt = (index: number): ParameterType => parameters[index] ?? variadic ?? ANY;
    const values = words.map((word, index) => this.#argument(dot, typeAt(index), word));
    if (final !== undefined) values.push(this.#assigned(final.value, typeAt(count - 1)));
    return this.#invoke(called, values, name, node);
  }

  #invoke(called: GoFunction, values: readonly GoValue[], name: string, node: Placed): GoValue {
    this.#parts.meter.work(values);
    try {
      return called.call(values, this.#parts.meter);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.#parts.place.at(node);
      return this.#fail(`error calling ${name}: ${error.message}`);
    }
  }

  #assigned(value: GoValue, type: ParameterType): GoValue {
    const assigned = assign(value, type);
    return 'value' in assigned ? assigned.value : this.#fail(assigned.refused);
  }

  /** The value of a word where a parameter of this type takes it. */
  #argument(dot: GoValue, type: ParameterType, node: Operand): GoValue {
    this.#parts.meter.step();
    this.#parts.place.at(node);
    switch (node.kind) {
      case 'dot':
        return this.#assigned(dot, type);
      case 'field':
        return this.#assigned(this.#field(dot, node, NOTHING), type);
      case 'variable':
        return this.#assigned(this.#variable(dot, node, NOTHING), type);
      case 'pipeline':
        return this.#assigned(this.pipeline(dot, node), type);
      case 'identifier':
        return this.#assigned(this.#function(dot, node, node, NOTHING), type);
      case 'chain':
        return this.#assigned(this.#chain(dot, node, NOTHING), type);
      case 'nil':
        return this.#nil(type);
    }
    return this.#literal(type, node);
  }

  #nil(type: ParameterType): GoValue {
    const nil = nilOf(type);
    return 'value' in nil ? nil.value : this.#fail(nil.refused);
  }

  /** A literal is of the type that it is given to, if it can be. */
  #literal(type: ParameterType, node: Extract<Operand, { kind: 'bool' | 'string' | 'number' }>): GoValue {
    switch (type) {
      case 'value':
      case ANY:
        return node.kind === 'number' ? this.#ideal(node) : node.value;
      case 'string':
        return node.kind === 'string' ? node.value : this.#fail(`expected string; found ${print(node)}`);
      case 'bool':
        return node.kind === 'bool' ? node.value : this.#fail(`expected bool; found ${print(node)}`);
      case 'float64':
        return node.kind === 'number' ? node.float : this.#fail(`expected float; found ${print(node)}`);
      case 'time.Duration':
        return goDuration(this.#literalInt(node));
      case 'int':
        return this.#literalInt(node);
    }
    return this.#fail(`can't handle ${print(node)} for arg of type ${type}`);
  }

  #literalInt(node: Operand): bigint {
    return (
      (node.kind === 'number' ? node.int : undefined) ?? this.#fail(`expected integer; found ${print(node)}`)
    );
  }
}
