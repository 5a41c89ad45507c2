import type { ArithmeticOperator, ComparisonOperator, TrimOperator } from '../syntax/ast.ts';

type FloatOperator = (left: number, right: number) => number;

/** Arithmetic between floats, as IEEE 754 and C's library have it. */
export const FLOAT_ARITHMETIC: Record<ArithmeticOperator, FloatOperator> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': power,
  atan2: Math.atan2,
};

export const FLOAT_COMPARISONS: Record<ComparisonOperator, (left: number, right: number) => boolean> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
};

export function isArithmetic(operator: string): operator is ArithmeticOperator {
  return Object.hasOwn(FLOAT_ARITHMETIC, operator);
}

export function isComparison(operator: string): operator is ComparisonOperator {
  return Object.hasOwn(FLOAT_COMPARISONS, operator);
}

export function isTrim(operator: string): operator is TrimOperator {
  return operator === '</' || operator === '>/';
}

/** C's `pow`: JavaScript gives NaN for 1 to the power of NaN, and for 1 and -1 to an infinite power. */
function power(base: number, exponent: number): number {
  if (base === 1) return 1;
  return base === -1 && Math.abs(exponent) === Infinity ? 1 : base ** exponent;
}
