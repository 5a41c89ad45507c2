import type { Expression } from '../../../packages/promql/src/syntax/ast.ts';
import { differenceOf } from './comparison.ts';
import type { Case } from './known-differences.ts';
import { valuesOf } from './magnitudes.ts';
import { nodesOf } from './tree.ts';

/** What rounding leaves of two equal sums, as a part of the greatest number in them: some dozens of last places. */
const ROUND_OFF = 2 ** -46;

/**
 * Whether two floats are as far apart as rounding takes numbers of the size of those they come from: where these
 * nearly cancel out, what is left may differ by more than a part of itself.
 */
export async function isRoundOff(of: Case, tree: Expression): Promise<boolean> {
  const { kind, distance } = of.found;
  if (kind !== 'value' || distance === Infinity) return false;
  for (const part of nodesOf(tree))
    for (const value of await valuesOf(of, part))
      if (Number.isFinite(value) && distance <= ROUND_OFF * Math.abs(value)) return true;
  return false;
}

/** What 2.42 and 3.x, or Go and JavaScript, compute with other roundings. */
const INEXACT = new Set([
  ...['sum', 'avg', 'stddev', 'stdvar', 'quantile', 'avg_over_time', 'sum_over_time', 'quantile_over_time'],
  ...['stddev_over_time', 'stdvar_over_time', 'rate', 'increase', 'delta', 'deriv', 'predict_linear'],
  ...['exp', 'ln', 'log2', 'log10', 'sqrt', 'deg', 'rad', '^', 'atan2', 'acos', 'acosh', 'asin', 'asinh'],
  ...['atan', 'atanh', 'cos', 'cosh', 'sin', 'sinh', 'tan', 'tanh'],
  ...['histogram_quantile', 'double_exponential_smoothing'],
]);

/** A little more and a little less, as rounding may make of a number. */
const NUDGES = [1 + 2e-15, 1 - 2e-15, 1 + 2e-14, 1 - 2e-14];

/**
 * Whether the answer becomes theirs when one inexact part of the expression is nudged by what rounding does: a
 * comparison or a `floor` behind it makes a great difference of a small one.
 */
export async function isJumpOfRounding(
  { query, kind, theirs, own }: Case,
  tree: Expression,
): Promise<boolean> {
  for (const node of nodesOf(tree)) {
    if (!isInexact(node)) continue;
    const { start, end } = node.span;
    for (const nudge of NUDGES) {
      const nudged = `((${query.text.slice(start, end)}) * ${nudge})`;
      const text = query.text.slice(0, start) + nudged + query.text.slice(end);
      if (differenceOf(theirs, await own[kind]({ ...query, text }), false) === null) return true;
    }
  }
  return false;
}

function isInexact(node: Expression): boolean {
  if (node.kind === 'call') return INEXACT.has(node.name);
  return (node.kind === 'aggregation' || node.kind === 'binary') && INEXACT.has(node.operator);
}
