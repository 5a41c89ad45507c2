import { sprint, sprintln } from '../format/print.ts';
import { sprintf } from '../format/printf.ts';
import type { Meter } from '../limits.ts';
import { CallError } from '../template-error.ts';
import { textOf } from '../values/argument.ts';
import { type FunctionTable, GoFunction } from '../values/function.ts';
import { isTrue } from '../values/kind.ts';
import type { GoValue } from '../values/value.ts';
import { callFunction } from './call.ts';
import { equal, less } from './compare.ts';
import { escapeHtml, escapeJs, escapeQuery, joinedText } from './escape.ts';
import { indexInto, lengthOf, sliceOf } from './indexing.ts';

/** `and` and `or`: the execution stops at the argument that decides, so it evaluates them itself. */
export const AND = new GoFunction({ parameters: ['value'], variadic: 'value' }, ([first]) => first);
export const OR = new GoFunction({ parameters: ['value'], variadic: 'value' }, ([first]) => first);

const ANY_COUNT = { parameters: [], variadic: 'interface {}' };
const ORDER = { parameters: ['value', 'value'] };

function ordered(holds: (a: GoValue, b: GoValue, meter: Meter) => boolean): GoFunction {
  return new GoFunction(ORDER, ([a, b], meter) => holds(a, b, meter));
}

/** Functions that every template has. */
export const BUILTINS: FunctionTable = {
  and: AND,
  or: OR,
  not: new GoFunction({ parameters: ['value'] }, ([value]) => !isTrue(value)),
  eq: new GoFunction({ parameters: ['value'], variadic: 'value' }, ([first, ...others], meter) => {
    if (others.length === 0) throw new CallError('missing argument for comparison');
    return others.some((other) => equal(first, other, meter));
  }),
  ne: ordered((a, b, meter) => !equal(a, b, meter)),
  lt: ordered((a, b) => less(a, b)),
  le: ordered((a, b, meter) => less(a, b) || equal(a, b, meter)),
  gt: ordered((a, b, meter) => !(less(a, b) || equal(a, b, meter))),
  ge: ordered((a, b) => !less(a, b)),
  len: new GoFunction({ parameters: ['value'] }, ([value]) => lengthOf(value)),
  index: new GoFunction({ parameters: ['value'], variadic: 'value' }, ([value, ...keys]) =>
    indexInto(value, keys),
  ),
  slice: new GoFunction({ parameters: ['value'], variadic: 'value' }, ([value, ...bounds]) =>
    sliceOf(value, bounds),
  ),
  call: new GoFunction({ parameters: ['value'], variadic: 'value' }, ([called, ...values], meter) =>
    callFunction(called, values, meter),
  ),
  print: new GoFunction(ANY_COUNT, (values, meter) => sprint(values, meter)),
  printf: new GoFunction({ parameters: ['string'], variadic: 'interface {}' }, ([format, ...values], meter) =>
    sprintf(textOf(format), values, meter),
  ),
  println: new GoFunction(ANY_COUNT, (values, meter) => sprintln(values, meter)),
  html: new GoFunction(ANY_COUNT, (values, meter) => escapeHtml(joinedText(values, meter))),
  js: new GoFunction(ANY_COUNT, (values, meter) => escapeJs(joinedText(values, meter))),
  urlquery: new GoFunction(ANY_COUNT, (values, meter) => escapeQuery(joinedText(values, meter))),
};
