import type { Samples } from '@vigie/series';
import { timeOf } from '../evaluate/columns.ts';
import type { FunctionEntry } from './function-entry.ts';
import { eachWindow, overFloats, overTime } from './over-floats.ts';
import { addTo, type CompensatedSum } from './sums.ts';

export const REGRESSIONS: readonly FunctionEntry[] = [
  overTime(
    'deriv',
    eachWindow(2, (samples, from, to) => line(samples, from, to, samples.timestamps[from] ?? 0).slope),
  ),
  {
    name: 'predict_linear',
    args: ['matrix', 'scalar'],
    returns: 'vector',
    evaluate: (call) => {
      const { steps } = call.context;
      const ahead = call.scalar(1);
      const predict = eachWindow(2, (samples, from, to, step) => {
        const { slope, intercept } = line(samples, from, to, timeOf(steps, step));
        return slope * (ahead[step] ?? 0) + intercept;
      });
      return overFloats(call, 0, predict);
    },
  },
];

/** A straight line: what it rises by in a second, and its value at a time. */
interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** The line that has the least squares to the samples; values that are all the same lie on it exactly. */
function line({ timestamps, values }: Samples, from: number, to: number, origin: number): Line {
  const first = values[from] ?? 0;
  const x: CompensatedSum = { sum: 0, lost: 0 };
  const y: CompensatedSum = { sum: 0, lost: 0 };
  const xy: CompensatedSum = { sum: 0, lost: 0 };
  const xx: CompensatedSum = { sum: 0, lost: 0 };
  let constant = true;
  for (let at = from; at < to; at++) {
    const seconds = ((timestamps[at] ?? 0) - origin) / 1000;
    const value = values[at] ?? 0;
    if (value !== first) constant = false;
    addTo(x, seconds);
    addTo(y, value);
    addTo(xy, seconds * value);
    addTo(xx, seconds * seconds);
  }
  if (constant)
    return Number.isFinite(first)
      ? { slope: 0, intercept: first }
      : { slope: Number.NaN, intercept: Number.NaN };
  const count = to - from;
  const sumX = x.sum + x.lost;
  const sumY = y.sum + y.lost;
  const slope = (xy.sum + xy.lost - (sumX * sumY) / count) / (xx.sum + xx.lost - (sumX * sumX) / count);
  return { slope, intercept: sumY / count - (slope * sumX) / count };
}
