import type { Meter } from '../limits.ts';
import type { GoValue } from './value.ts';

/**
 * What a parameter takes: a type as Go writes it. `value` is a built-in's parameter, which takes even what is no
 * value; `interface {}` takes everything.
 */
export type ParameterType =
  | 'value'
  | 'interface {}'
  | 'string'
  | 'bool'
  | 'int'
  | 'int64'
  | 'float64'
  | '[]string'
  | '[]interface {}'
  | 'func'
  | (string & {});

export interface Signature {
  readonly parameters: readonly ParameterType[];
  /** The type of every further argument, where more may come. */
  readonly variadic?: ParameterType;
}

/**
 * What a template can call. The arguments have the types of the signature.
 * @throws {CallError} its reason; the call says where. {LimitError} when a result would be too long.
 */
export class GoFunction {
  readonly signature: Signature;
  readonly call: (args: readonly GoValue[], meter: Meter) => GoValue;

  constructor(signature: Signature, call: (args: readonly GoValue[], meter: Meter) => GoValue) {
    this.signature = signature;
    this.call = call;
  }
}

/** Functions by the names that templates call them by. */
export type FunctionTable = Readonly<Record<string, GoFunction>>;
