import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asked } from '../testing/ask.ts';
import { testAnswers } from '../testing/ask-table.ts';

const COUNTERS = `
steady_total 0+60x10
reset_total 0 60 120 30 90 150
late_total _ _ _ _ 600 660 720
near_zero_total _ 6 66 126 186 246 306 366 426
single_total _ _ _ _ _ _ _ _ 5
gauge 10 20 5 40 35 1
`;

testAnswers(COUNTERS, 5, [
  ['increase(steady_total[5m])', '{} 300'],
  ['rate(steady_total[5m])', '{} 1'],
  ['increase(reset_total[6m])', '{} 270'],
  ['increase(late_total[5m])', '{} 90'],
  ['delta(gauge[6m])', '{} -10.799999999999999'],
  ['idelta(gauge[6m])', '{} -34'],
  ['irate(reset_total[6m])', '{} 1'],
  ['irate(reset_total[3m] offset 2m)', '{} 0.5'],
  ['rate(single_total[10m])', 'nothing'],
  ['resets(reset_total[6m])', '{} 1'],
  ['resets(reset_total[2m])', '{} 0'],
  ['changes(gauge[6m])', '{} 5'],
  ['changes(gauge[1m])', '{} 0'],
]);

/** A sample a minute, asked half a minute later: 30 s at each end; the first value is reached in 6 s from zero. */
testAnswers(COUNTERS, 8.5, [['increase(near_zero_total[8m])', '{} 455.99999999999994']]);

/** The first sample is far, so half a distance is added, though zero is no farther than a near one would be. */
testAnswers('edge_total _ 60 120 180', 3, [['increase(edge_total[4m])', '{} 150']]);

const STARTS = `
delta_total@st _ -1mx5
delta_total 5x5
inside_total@st _ _ -30s -90s -150s -210s
inside_total _ _ 30 90 150 210
alone_total@st _ _ _ _ _ -30s
alone_total _ _ _ _ _ 30
unknown_total 5x5
before_total@st _ _ -90s -150s
before_total _ _ 10 20
`;

testAnswers(STARTS, 5, [
  ['resets(delta_total[4m])', '{} 3'],
  ['increase(delta_total[4m])', '{} 20'],
  ['irate(delta_total[4m])', '{} 0.08333333333333333'],
  ['increase(inside_total[10m])', '{} 210'],
  ['increase(alone_total[10m])', '{} 30'],
  ['increase(unknown_total[4m])', '{} 0'],
]);

testAnswers(STARTS, 3, [['increase(before_total[2m])', '{} 20']]);

testAnswers('h {{count:2 sum:2 buckets:[2]}}+{{count:6 sum:12 buckets:[6]}}x5', 5, [
  ['increase(h[6m])', '{} {{schema:0 count:32 sum:64 offset:0 buckets:[32] counter_reset_hint:gauge}}'],
  ['irate(h[6m])', '{} {{schema:0 count:0.1 sum:0.2 offset:0 buckets:[0.1] counter_reset_hint:gauge}}'],
]);

const ANCHORED = 'edged_total 1 2 _ _ 6 _ 10';

testAnswers(ANCHORED, 5, [
  ['increase(edged_total[3m] anchored)', '{} 4'],
  ['increase(edged_total[3m] smoothed)', '{} 4.666666666666667'],
  ['rate(edged_total[3m] anchored)', '{} 0.022222222222222223'],
]);

const SAID: readonly [expression: string, annotations: readonly string[]][] = [
  [
    'rate(x[5m])',
    ['metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "x" (1:6)'],
  ],
  ['rate(x_total[5m])', []],
  ['rate(x[30s])', []],
  ['delta(x[5m])', []],
  ['irate(x[5m])', []],
  ['delta(h[5m])', ['this native histogram metric is not a gauge: "h" (1:7)']],
  ['rate(g[5m])', ['this native histogram metric is not a counter: "g" (1:6)']],
  ['idelta(m[5m])', ['encountered a mix of histograms and floats for metric name "m" (1:8)']],
];

for (const [expression, annotations] of SAID)
  test(`what is said of ${expression}`, async () => {
    const asked = new Asked(`
      x 1 2 3
      x_total 1 2 3
      h {{count:1}}x5
      g {{count:1 counter_reset_hint:gauge}}x5
      m 1 1 {{count:1}}
    `);
    assert.deepEqual((await asked.at(2, expression)).annotations, annotations);
  });
