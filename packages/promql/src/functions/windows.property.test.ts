import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Asked } from '../testing/ask.ts';
import { nearlyEqual } from '../testing/equality.ts';
import type { Outcome } from '../testing/outcome.ts';

/** Whatever goes through all windows in one pass. */
const FUNCTIONS = [
  'sum_over_time',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'ts_of_min_over_time',
  'ts_of_max_over_time',
  'count_over_time',
  'stdvar_over_time',
  'last_over_time',
  'first_over_time',
  'changes',
  'resets',
  'rate',
  'increase',
  'delta',
  'irate',
  'deriv',
  'quantile_over_time',
  'absent_over_time',
];

const item = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -5, max: 20 }).map(String) },
  { weight: 2, arbitrary: fc.constant('_') },
  fc.constantFrom('NaN', 'Inf', '-Inf', '1e300', '-1e300', '1e-9', 'stale'),
);

const series = fc.array(item, { minLength: 1, maxLength: 40 }).map((items) => items.join(' '));

for (const name of FUNCTIONS)
  test(`${name} over many windows is what it is of each by itself`, async () => {
    await fc.assert(
      fc.asyncProperty(series, fc.integer({ min: 1, max: 45 }), async (values, minutes) => {
        const asked = new Asked(`a_total ${values}`);
        const first = name === 'quantile_over_time' ? '0.3, ' : '';
        const expression = `${name}(${first}a_total[${minutes}m] offset 30s)`;
        const all = await asked.until(44, expression);
        for (let at = 0; at <= 44; at += 4) {
          const alone = valueAt((await asked.at(at, expression)).outcome, at);
          const together = valueAt(all.outcome, at);
          assert.ok(same(alone, together), `${alone} alone, ${together} together, at ${at} min`);
        }
      }),
      { numRuns: 25 },
    );
  });

function valueAt(outcome: Outcome, minutes: number): number | undefined {
  if (outcome.type !== 'vector' && outcome.type !== 'matrix') return undefined;
  return outcome.series[0]?.points.find(({ time }) => time === minutes * 60_000)?.value;
}

/** Sums that are shared between windows add in another order: they may differ in their last digit. */
function same(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return nearlyEqual(a, b);
}
