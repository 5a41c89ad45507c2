import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Asked } from '../testing/ask.ts';
import { nearlyEqual } from '../testing/equality.ts';

/** How many observations have come since the sample before; 0 to begin anew. */
const growth = fc.array(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.constant(0)), {
  minLength: 2,
  maxLength: 20,
});

/** A counter of observations that fall into one bucket, and the same as a number. */
function seriesOf(steps: readonly number[]): string {
  let count = 0;
  const counts = steps.map((step) => {
    count = step === 0 ? 0 : count + step;
    return count;
  });
  const histograms = counts.map((each) => `{{schema:0 count:${each} sum:${each} buckets:[${each}]}}`);
  return `h ${histograms.join(' ')}\n h_count ${counts.join(' ')}`;
}

for (const name of ['rate', 'increase', 'irate', 'resets'])
  test(`${name} of histograms counts as ${name} of their counts`, async () => {
    await fc.assert(
      fc.asyncProperty(growth, async (steps) => {
        const asked = new Asked(seriesOf(steps));
        const ofHistograms = name === 'resets' ? 'resets(h[4m])' : `histogram_count(${name}(h[4m]))`;
        const [{ outcome: native }, { outcome: floats }] = await Promise.all([
          asked.until(steps.length, ofHistograms),
          asked.until(steps.length, `${name}(h_count[4m])`),
        ]);
        assert.ok(native.type === 'matrix' && floats.type === 'matrix');
        const [left = [], right = []] = [native.series[0]?.points, floats.series[0]?.points];
        assert.deepEqual(
          left.map(({ time }) => time),
          right.map(({ time }) => time),
        );
        for (const [at, { value }] of left.entries())
          assert.ok(nearlyEqual(value, right[at]?.value ?? Number.NaN), `${value} and ${right[at]?.value}`);
      }),
      { numRuns: 60 },
    );
  });
