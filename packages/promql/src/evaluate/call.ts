import type { FunctionCall } from '../functions/function-entry.ts';
import type { Call, Expression, VectorSelector } from '../syntax/ast.ts';
import type { MatrixValue, Row, Value } from './columns.ts';
import type { Evaluation } from './evaluation.ts';
import { ExecutionError } from './execution-error.ts';
import type { Shows } from './instant-selection.ts';
import { mergeSameLabels, unnamed } from './names.ts';

/** Functions that see the samples that a selector found, and not the values at a step. */
const OF_SAMPLES: ReadonlyMap<string, Shows> = new Map([
  ['timestamp', 'time'],
  ['start_timestamp', 'startTime'],
]);

/**
 * The value of a function's call.
 * @throws {ExecutionError} when two series of the result have the same labels at one step.
 */
export function call(node: Call, evaluation: Evaluation): Value {
  const shows = OF_SAMPLES.get(node.name);
  const selector = shows === undefined ? undefined : selectorOf(node.args[0]);
  const value =
    shows === undefined || selector === undefined
      ? callEntry(node, evaluation)
      : ofSamples(selector, shows, evaluation);
  return value.type === 'vector' ? { type: 'vector', rows: mergeSameLabels(value.rows) } : value;
}

function callEntry(node: Call, evaluation: Evaluation): Value {
  const entry = evaluation.state.functions.get(node.name);
  if (entry === undefined) throw new ExecutionError(`unknown function with name "${node.name}"`);
  return entry.evaluate(new Arguments(node, evaluation));
}

function selectorOf(expression: Expression | undefined): VectorSelector | undefined {
  if (expression?.kind === 'parentheses') return selectorOf(expression.expression);
  return expression?.kind === 'vectorSelector' ? expression : undefined;
}

function ofSamples(selector: VectorSelector, shows: Shows, evaluation: Evaluation): Value {
  const rows = evaluation.instants(selector, shows);
  return {
    type: 'vector',
    rows: rows.map((row) => ({ ...row, ...unnamed(row, evaluation.delayedNameRemoval) })),
  };
}

class Arguments implements FunctionCall {
  readonly node: Call;
  readonly context: Evaluation;

  constructor(node: Call, context: Evaluation) {
    this.node = node;
    this.context = context;
  }

  get count(): number {
    return this.node.args.length;
  }

  expression(index: number): Expression {
    const argument = this.node.args[index];
    if (argument === undefined) throw new Error(`${this.node.name} has no argument ${index}`);
    return argument;
  }

  scalar(index: number): Float64Array {
    return this.context.scalar(this.expression(index));
  }

  string(index: number): string {
    return this.context.string(this.expression(index));
  }

  vector(index: number): readonly Row[] {
    return this.context.vector(this.#info(index) ?? this.expression(index));
  }

  sampleTimes(index: number): readonly Row[] {
    const selector = this.#info(index) ?? selectorOf(this.expression(index));
    return selector === undefined ? [] : this.context.instants(selector, 'time');
  }

  /** What `info` joins stands for its second argument, whether it is given or not. */
  #info(index: number): VectorSelector | undefined {
    return index === 1 ? this.context.state.plan.infoSelectors.get(this.node) : undefined;
  }

  matrix(index: number): MatrixValue {
    return this.context.matrix(this.expression(index), this.node.name);
  }
}
