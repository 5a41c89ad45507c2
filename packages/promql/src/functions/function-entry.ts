import type { MatrixValue, Row, Value } from '../evaluate/columns.ts';
import type { Context } from '../evaluate/context.ts';
import type { Call, Expression, ValueType } from '../syntax/ast.ts';

/** One function: what it takes and gives, and how it is computed. The table (`table.ts`) is a list of these. */
export interface FunctionEntry {
  readonly name: string;
  readonly args: readonly ValueType[];
  /** How many of `args`, counted from the end, may be left out. */
  readonly optional?: number;
  /** How many more arguments of the last one's type may follow: Infinity for any number. */
  readonly more?: number;
  readonly returns: ValueType;
  /** Refused unless the engine allows experimental functions. */
  readonly experimental?: boolean;
  evaluate(call: FunctionCall): Value;
}

/** A call that is being computed. Arguments are evaluated when they are asked for. */
export interface FunctionCall {
  readonly node: Call;
  readonly context: Context;
  /** The number of arguments given. */
  readonly count: number;
  /** An argument's expression, for what is read from the text (labels of a selector, a literal). */
  expression(index: number): Expression;
  /** By step. */
  scalar(index: number): Float64Array;
  string(index: number): string;
  vector(index: number): readonly Row[];
  /** Of a selector alone, which `info` joins: the times of the samples that `vector` has the values of, seconds by step. */
  sampleTimes(index: number): readonly Row[];
  matrix(index: number): MatrixValue;
}

/** All functions by name. */
export type FunctionTable = ReadonlyMap<string, FunctionEntry>;
