import {
  addHistograms,
  compactHistogram,
  divideHistogram,
  equalHistograms,
  type Histogram,
  type HistogramSum,
  scaleHistogram,
  subtractHistograms,
  trimHistogram,
} from '@vigie/series';
import type { Binary, BinaryOperator, Span } from '../syntax/ast.ts';
import type { Context } from './context.ts';
import {
  FLOAT_ARITHMETIC,
  FLOAT_COMPARISONS,
  isArithmetic,
  isComparison,
  isTrim,
} from './float-operators.ts';
import { boundsReconciled, resetCollision } from './histogram-texts.ts';

/** What one side of an operator has at a step. */
export type Element = number | Histogram;

/**
 * One operator between two elements, of which at least one is a histogram.
 * @returns undefined when the pair gives nothing: a comparison that does not hold, or kinds that do not go together,
 * which is said once. A comparison that holds gives the left element.
 */
export function operateOnHistograms(
  { operator, span }: Binary,
  left: Element,
  right: Element,
  context: Context,
): Element | undefined {
  if (typeof left !== 'number' && typeof right !== 'number') {
    if (operator === '+') return told(addHistograms(left, right), operator, span, context);
    if (operator === '-') return told(subtractHistograms(left, right), operator, span, context);
    if (operator === '==') return equalHistograms(left, right) ? left : undefined;
    if (operator === '!=') return equalHistograms(left, right) ? undefined : left;
  } else if (typeof left === 'number' && typeof right !== 'number') {
    if (operator === '*') return compactHistogram(scaleHistogram(right, left));
  } else if (typeof left !== 'number' && typeof right === 'number') {
    if (operator === '*') return compactHistogram(scaleHistogram(left, right));
    if (operator === '/') return compactHistogram(divideHistogram(left, right));
    if (operator === '</') return trimHistogram(left, right, 'above');
    if (operator === '>/') return trimHistogram(left, right, 'below');
  }
  sayIncompatible(operator, left, right, span, context);
  return undefined;
}

/** Whether elements of these kinds can be compared at all: if not, `bool` gives nothing instead of 0. */
export function areComparable(operator: BinaryOperator, left: Element, right: Element): boolean {
  if (typeof left === 'number' && typeof right === 'number') return true;
  const equality = operator === '==' || operator === '!=';
  return equality && typeof left !== 'number' && typeof right !== 'number';
}

/** One operator between two floats; undefined when it is a comparison that does not hold. */
export function operateOnFloats(
  { operator, span }: Binary,
  left: number,
  right: number,
  context: Context,
): number | undefined {
  if (isArithmetic(operator)) return FLOAT_ARITHMETIC[operator](left, right);
  if (isComparison(operator)) return FLOAT_COMPARISONS[operator](left, right) ? left : undefined;
  if (isTrim(operator)) sayIncompatible(operator, left, right, span, context);
  return undefined;
}

/** What two histograms came to, having said what has to be said of it. */
function told(
  sum: HistogramSum | null,
  operator: '+' | '-',
  span: Span,
  context: Context,
): Histogram | undefined {
  if (sum === null) {
    context.warn(`incompatible bucket layout encountered for binary operator ${operator}`, span);
    return undefined;
  }
  const operation = operator === '+' ? 'addition' : 'subtraction';
  if (sum.resetCollision) context.warn(resetCollision(operation), span);
  if (sum.boundsReconciled) context.info(boundsReconciled(operation), span);
  return sum.histogram;
}

function sayIncompatible(
  operator: BinaryOperator,
  left: Element,
  right: Element,
  span: Span,
  context: Context,
): void {
  const pair = `${kindOf(left)} ${operator} ${kindOf(right)}`;
  context.info(`incompatible sample types encountered for binary operator "${operator}": ${pair}`, span);
}

function kindOf(element: Element): string {
  return typeof element === 'number' ? 'float' : 'histogram';
}
