import { valueText } from '../format/print.ts';
import type { Meter } from '../limits.ts';
import { CallError } from '../template-error.ts';
import { GoTime } from '../time/time.ts';
import { bare, type Kind, kindOf, typeName } from '../values/kind.ts';
import { compareBytes } from '../values/utf8.ts';
import type { GoValue } from '../values/value.ts';

const BASIC: readonly Kind[] = ['bool', 'int', 'float', 'string'];

function isNil(value: GoValue): boolean {
  return value === undefined || value === null;
}

/**
 * Whether `eq` finds two values equal: only values of one kind can be compared.
 * @throws {CallError} as Go words it.
 */
export function equal(a: GoValue, b: GoValue, meter: Meter): boolean {
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
  const [left, right] = [kindOf(a), kindOf(b)];
  const basic = BASIC.includes(left);
  if (left !== right && (basic || BASIC.includes(right))) throw incompatible(a, b);
  if (basic) return bare(a) === bare(b);
  if (a instanceof GoTime && b instanceof GoTime) return a.instant === b.instant && a.zone === b.zone;
  if (left === 'struct' && right === 'struct') return a === b;
  throw new CallError(`non-comparable type ${valueText(a, meter)}: ${typeName(a)}`);
}

function incompatible(a: GoValue, b: GoValue): CallError {
  return new CallError(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
}

/**
 * Whether `lt` finds the first before the second.
 * @throws {CallError} for what has no order, or is of different kinds.
 */
export function less(first: GoValue, second: GoValue): boolean {
  if (!BASIC.includes(kindOf(first)) || !BASIC.includes(kindOf(second)))
    throw new CallError('invalid type for comparison');
  const [a, b] = [bare(first), bare(second)];
  if (typeof a !== typeof b) throw incompatible(first, second);
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b) < 0;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b;
  throw new CallError('invalid type for comparison');
}
