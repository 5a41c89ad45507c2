import { ExecutionError } from '../evaluate/execution-error.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { eachWindow, overFloats } from './over-floats.ts';

export const SMOOTHING: readonly FunctionEntry[] = [
  {
    name: 'double_exponential_smoothing',
    args: ['matrix', 'scalar', 'scalar'],
    returns: 'vector',
    experimental: true,
    evaluate: (call: FunctionCall) => {
      const levels = call.scalar(1);
      const trends = call.scalar(2);
      const smooth = eachWindow(2, ({ values }, from, to, step) => {
        const level = requireFactor('smoothing', levels[step] ?? 0);
        return smoothed(values, from, to, level, requireFactor('trend', trends[step] ?? 0));
      });
      return overFloats(call, 0, smooth);
    },
  },
];

function requireFactor(what: 'smoothing' | 'trend', factor: number): number {
  if (factor <= 0 || factor >= 1) {
    const symbol = what === 'smoothing' ? 'sf' : 'tf';
    throw new ExecutionError(
      `invalid ${what} factor. Expected: 0 < ${symbol} < 1, got: ${factor.toFixed(6)}`,
    );
  }
  return factor;
}

/** Holt's linear method: a level and its trend, of which each sample renews a part. Source: NIST's handbook. */
function smoothed(
  values: Float64Array,
  from: number,
  to: number,
  levelShare: number,
  trendShare: number,
): number {
  let before = 0;
  let level = values[from] ?? 0;
  let trend = (values[from + 1] ?? 0) - level;
  for (let at = from + 1; at < to; at++) {
    if (at > from + 1) trend = trendShare * (level - before) + (1 - trendShare) * trend;
    before = level;
    level = levelShare * (values[at] ?? 0) + (1 - levelShare) * (level + trend);
  }
  return level;
}
