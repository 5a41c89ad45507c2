import type { Binary, ComparisonOperator } from '../syntax/ast.ts';
import { byteColumn, floatColumn } from './column-memory.ts';
import { ABSENT, FLOAT, HISTOGRAM, type Row } from './columns.ts';
import type { Context } from './context.ts';
import { areComparable, type Element, operateOnFloats, operateOnHistograms } from './element-operators.ts';
import { FLOAT_ARITHMETIC, FLOAT_COMPARISONS, isArithmetic, isComparison } from './float-operators.ts';

/** What one side of an operator has at the steps. */
export type Operand = Pick<Row, 'values' | 'kinds' | 'histograms'>;

/** A scalar as a side of an operator. */
export function scalarOperand(values: Float64Array): Operand {
  return { values, kinds: new Uint8Array(values.length).fill(FLOAT), histograms: null };
}

/** Which side's elements a comparison lets through. */
export type Kept = 'left' | 'right';

/** One operator at all steps at which both sides have something. */
export function operate(node: Binary, left: Operand, right: Operand, kept: Kept, context: Context): Operand {
  const { operator, bool } = node;
  if (left.histograms !== null || right.histograms !== null)
    return operateOnElements(node, left, right, kept, context);
  if (isArithmetic(operator))
    return { ...calculate(FLOAT_ARITHMETIC[operator], left, right), histograms: null };
  if (!isComparison(operator)) return operateOnElements(node, left, right, kept, context);
  if (bool) return { ...judge(operator, left, right), histograms: null };
  const { values } = kept === 'left' ? left : right;
  return { values, kinds: holding(operator, left, right), histograms: null };
}

/** Absent steps are calculated as well, and mean nothing: both columns have a number there. */
function calculate(
  apply: (left: number, right: number) => number,
  left: Operand,
  right: Operand,
): Pick<Row, 'values' | 'kinds'> {
  const { length } = left.values;
  const values = floatColumn(length);
  const kinds = byteColumn(length);
  for (let step = 0; step < length; step++) {
    values[step] = apply(left.values[step] ?? 0, right.values[step] ?? 0);
    kinds[step] = (left.kinds[step] ?? 0) & (right.kinds[step] ?? 0);
  }
  return { values, kinds };
}

function judge(operator: ComparisonOperator, left: Operand, right: Operand): Pick<Row, 'values' | 'kinds'> {
  const holds = FLOAT_COMPARISONS[operator];
  return calculate((a, b) => Number(holds(a, b)), left, right);
}

function holding(operator: ComparisonOperator, left: Operand, right: Operand): Uint8Array {
  const holds = FLOAT_COMPARISONS[operator];
  const kinds = byteColumn(left.kinds.length);
  for (let step = 0; step < kinds.length; step++) {
    const both = (left.kinds[step] ?? 0) & (right.kinds[step] ?? 0);
    if (both !== ABSENT && holds(left.values[step] ?? 0, right.values[step] ?? 0)) kinds[step] = FLOAT;
  }
  return kinds;
}

function operateOnElements(
  node: Binary,
  left: Operand,
  right: Operand,
  kept: Kept,
  context: Context,
): Operand {
  const result = new ElementColumns(left.values.length);
  for (let step = 0; step < left.values.length; step++) {
    const a = elementAt(left, step);
    const b = elementAt(right, step);
    if (a !== undefined && b !== undefined) result.set(step, operateOnPair(node, a, b, kept, context));
  }
  return result;
}

function operateOnPair(
  node: Binary,
  left: Element,
  right: Element,
  kept: Kept,
  context: Context,
): Element | undefined {
  const found =
    typeof left === 'number' && typeof right === 'number'
      ? operateOnFloats(node, left, right, context)
      : operateOnHistograms(node, left, right, context);
  if (!isComparison(node.operator)) return found;
  if (node.bool) return areComparable(node.operator, left, right) ? Number(found !== undefined) : undefined;
  return found === undefined || kept === 'left' ? found : right;
}

function elementAt({ kinds, values, histograms }: Operand, step: number): Element | undefined {
  const kind = kinds[step] ?? ABSENT;
  if (kind === ABSENT) return undefined;
  return kind === HISTOGRAM ? histograms?.[step] : (values[step] ?? 0);
}

class ElementColumns implements Operand {
  readonly values: Float64Array;
  readonly kinds: Uint8Array;
  histograms: Row['histograms'] = null;

  constructor(count: number) {
    this.values = floatColumn(count);
    this.kinds = byteColumn(count);
  }

  set(step: number, element: Element | undefined): void {
    if (element === undefined) return;
    if (typeof element === 'number') {
      this.values[step] = element;
      this.kinds[step] = FLOAT;
      return;
    }
    this.histograms ??= new Array(this.values.length).fill(undefined);
    this.histograms[step] = element;
    this.kinds[step] = HISTOGRAM;
  }
}
