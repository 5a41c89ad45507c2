import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asked } from '../testing/ask.ts';
import { testAnswers } from '../testing/ask-table.ts';

testAnswers('a{b="c"} 4 1 NaN 7 1 7', 5, [
  ['sum_over_time(a[2m])', '{b="c"} 8'],
  ['sum_over_time(a[10m])', '{b="c"} NaN'],
  ['avg_over_time(a[2m])', '{b="c"} 4'],
  ['min_over_time(a[10m])', '{b="c"} 1'],
  ['max_over_time(a[10m])', '{b="c"} 7'],
  ['count_over_time(a[10m])', '{b="c"} 6'],
  ['present_over_time(a[10m])', '{b="c"} 1'],
  ['stddev_over_time(a[3m])', '{b="c"} 2.8284271247461903'],
  ['stdvar_over_time(a[3m])', '{b="c"} 8'],
  ['last_over_time(a[10m])', '{__name__="a", b="c"} 7'],
  ['first_over_time(a[10m])', '{__name__="a", b="c"} 4'],
  ['ts_of_first_over_time(a[10m])', '{b="c"} 0'],
  ['ts_of_last_over_time(a[10m])', '{b="c"} 300'],
  ['ts_of_min_over_time(a[10m])', '{b="c"} 240'],
  ['ts_of_max_over_time(a[10m])', '{b="c"} 300'],
  ['quantile_over_time(0.5, a[3m])', '{b="c"} 7'],
  ['quantile_over_time(0.25, a[3m])', '{b="c"} 4'],
  ['quantile_over_time(0, a[10m])', '{b="c"} NaN'],
  ['quantile_over_time(2, a[10m])', '{b="c"} +Inf'],
  ['mad_over_time(a[3m])', '{b="c"} 0'],
  ['max_over_time(a[1m] offset 3m)', '{b="c"} NaN'],
]);

testAnswers('a 1 1e100 1 -1e100\nb 1.7e308 1.7e308 1.7e308', 3, [
  ['sum_over_time(a[4m])', '{} 2'],
  ['avg_over_time(a[4m])', '{} 0.5'],
  ['sum_over_time(b[4m])', '{} +Inf'],
  ['avg_over_time(b[4m])', '{} 1.7e+308'],
]);

const HISTOGRAM = '{{schema:0 count:3 sum:4 offset:0 buckets:[3]}}';
/** As the store says of a counter that goes on. */
const NOT_RESET = ' counter_reset_hint:not_reset}}';
const MIXED = new Asked(`m 1 2 {{sum:1 count:1 buckets:[1]}} {{sum:3 count:2 buckets:[2]}} ${HISTOGRAM}`);
const LEFT_OUT = 'ignored histograms in a range containing both floats and histograms for metric name "m"';
const MIX = 'encountered a mix of histograms and floats for metric name "m"';

const OF_MIXED: readonly [expression: string, answer: string, annotations: readonly string[]][] = [
  ['max_over_time(m[5m])', '{} 2', [`${LEFT_OUT} (1:15)`]],
  ['max_over_time(m[3m])', 'nothing', []],
  ['quantile_over_time(0.5, m[4m])', '{} 2', [`${LEFT_OUT} (1:20)`]],
  ['count_over_time(m[5m])', '{} 5', []],
  ['last_over_time(m[5m])', `{__name__="m"} ${HISTOGRAM.replace('}}', NOT_RESET)}`, []],
  ['first_over_time(m[5m])', '{__name__="m"} 1', []],
  ['sum_over_time(m[5m])', 'nothing', [`${MIX} (1:15)`]],
  ['sum_over_time(m[2m])', `{} {{schema:0 count:5 sum:7 offset:0 buckets:[5]${NOT_RESET}`, []],
  ['avg_over_time(m[2m])', `{} {{schema:0 count:2.5 sum:3.5 offset:0 buckets:[2.5]${NOT_RESET}`, []],
  ['rate(m[5m])', 'nothing', [`${MIX} (1:6)`]],
  ['changes(m[5m])', '{} 4', []],
  ['resets(m[5m])', '{} 1', []],
  ['ts_of_last_over_time(m[5m])', '{} 240', []],
];

for (const [expression, answer, annotations] of OF_MIXED)
  test(`${expression} of floats and histograms`, async () => {
    const got = await MIXED.at(4, expression);
    assert.equal(got.text, answer);
    assert.deepEqual(got.annotations, annotations);
  });

test('a quantile that is none is computed and said', async () => {
  const { text, annotations } = await new Asked('a 1').at(0, 'quantile_over_time(-0.5, a[1m])');
  assert.equal(text, '{} -Inf');
  assert.deepEqual(annotations, ['quantile value should be between 0 and 1, got -0.5 (1:20)']);
});
