import type { Call, EdgeMode, Expression } from '../syntax/ast.ts';
import { ExecutionError } from './execution-error.ts';

/** The functions that take ranges with made-up edges. Source: Prometheus' documentation of extended range selectors. */
const ALLOWED: Record<EdgeMode, readonly string[]> = {
  anchored: ['changes', 'delta', 'increase', 'rate', 'resets'],
  smoothed: ['delta', 'increase', 'rate'],
};

/** The functions that take values as a counter's: a fall is a new beginning. */
const COUNTING = new Set(['increase', 'rate']);

/** Whether values between two samples are taken as a counter's. */
export function countsUp(functionName: string): boolean {
  return COUNTING.has(functionName);
}

/** @throws {ExecutionError} when a range with `anchored` or `smoothed` is given to a function that cannot have it. */
export function requireEdgesAllowed({ name, args }: Call): void {
  for (const argument of args) {
    const edges = edgesOf(argument);
    if (edges === null || ALLOWED[edges].includes(name)) continue;
    const allowed = ALLOWED[edges].join(', ');
    throw new ExecutionError(`${edges} modifier can only be used with: ${allowed} - not with ${name}`);
  }
}

function edgesOf(expression: Expression): EdgeMode | null {
  if (expression.kind === 'parentheses') return edgesOf(expression.expression);
  return expression.kind === 'matrixSelector' ? expression.selector.edges : null;
}
