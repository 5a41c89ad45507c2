import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels, type Samples } from '@vigie/series';
import fc from 'fast-check';
import { emptyRow } from '../evaluate/columns.ts';
import { averageWindows, sumWindows } from './sums.ts';

const STEPS = 60;

function windows(values: readonly number[], length: number) {
  const samples: Samples = {
    count: values.length,
    timestamps: Float64Array.from(values, (_, at) => at),
    values: Float64Array.from(values),
    histograms: null,
    startTimestamps: null,
  };
  const to = Int32Array.from({ length: STEPS }, (_, step) => Math.min(step, values.length));
  const from = to.map((_, step) => Math.min(Math.max(0, step - length), values.length));
  return { labels: Labels.EMPTY, dropName: false, samples, from, to };
}

const value = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(1e16, -1e16, 0.1, 1e-9));

for (const [name, sum] of [
  ['sums', sumWindows],
  ['means', averageWindows],
] as const)
  test(`${name} that windows share lose as little as those of one window`, () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 50, maxLength: 60 }),
        fc.integer({ min: 10, max: 60 }),
        (values, length) => {
          const shared = emptyRow(Labels.EMPTY, false, STEPS);
          const series = windows(values, length);
          sum(series, shared);
          for (let step = 1; step < STEPS; step++) {
            const alone = emptyRow(Labels.EMPTY, false, 1);
            sum(
              { ...series, from: series.from.slice(step, step + 1), to: series.to.slice(step, step + 1) },
              alone,
            );
            assert.equal(shared.kinds[step], alone.kinds[0]);
            const difference = Math.abs((shared.values[step] ?? 0) - (alone.values[0] ?? 0));
            assert.ok(
              difference <= 1e-15 * Math.abs(alone.values[0] ?? 0) + 1e-15,
              `${difference} at ${step}`,
            );
          }
        },
      ),
    );
  });
