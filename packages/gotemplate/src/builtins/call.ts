import { assign } from '../evaluate/assign.ts';
import type { Meter } from '../limits.ts';
import { CallError } from '../template-error.ts';
import { GoFunction } from '../values/function.ts';
import { typeName } from '../values/kind.ts';
import { ANY, type GoValue } from '../values/value.ts';

/** `call`: calls a func value with arguments. */
export function callFunction(called: GoValue, values: readonly GoValue[], meter: Meter): GoValue {
  if (called === undefined || called === null) throw new CallError('call of nil');
  if (!(called instanceof GoFunction)) throw new CallError(`non-function of type ${typeName(called)}`);
  const { parameters, variadic } = called.signature;
  if (variadic !== undefined && values.length < parameters.length)
    throw new CallError(`wrong number of args: got ${values.length} want at least ${parameters.length}`);
  if (variadic === undefined && values.length !== parameters.length)
    throw new CallError(`wrong number of args: got ${values.length} want ${parameters.length}`);
  const prepared = values.map((value, index) => {
    const type = parameters[index] ?? variadic ?? ANY;
    const assigned = assign(value, type);
    if ('value' in assigned) return assigned.value;
    throw new CallError(`arg ${index}: value has type ${typeName(value)}; should be ${type}`);
  });
  meter.work(prepared);
  return called.call(prepared, meter);
}
