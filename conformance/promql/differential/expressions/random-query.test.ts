import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../../../apps/server/test/simulation/random.ts';
import {
  AGGREGATIONS,
  ARITHMETIC,
  COMPARISONS,
  SET_OPERATORS,
} from '../../../../packages/promql/src/syntax/ast.ts';
import { randomSeries } from '../data.ts';
import { nodesOf, treeOf } from '../tree.ts';
import { randomQuery } from './random-query.ts';

const queries = Array.from({ length: 2000 }, (_, number) => randomQuery(1, number));
const trees = queries.flatMap(({ text }) => treeOf(text) ?? []);

/** All of 2.42 but histogram_fraction, which reads classic histograms in 3.x alone. */
const FUNCTIONS_OF_2 =
  `abs absent absent_over_time acos acosh asin asinh atan atanh avg_over_time ceil changes clamp
  clamp_max clamp_min cos cosh count_over_time day_of_month day_of_week day_of_year days_in_month deg delta deriv
  double_exponential_smoothing exp floor histogram_count histogram_sum histogram_quantile hour idelta increase irate
  label_replace label_join last_over_time ln log10 log2 max_over_time min_over_time minute month pi predict_linear
  present_over_time quantile_over_time rad rate resets round scalar sgn sin sinh sort sort_desc sqrt stddev_over_time
  stdvar_over_time sum_over_time tan tanh time timestamp vector year`.split(/\s+/);
/** They are of 3.x. */
const AGGREGATIONS_OF_3 = ['limitk', 'limit_ratio'];

test('every function, aggregation and operator of 2.42 is asked for', () => {
  const wanted = [...FUNCTIONS_OF_2, ...AGGREGATIONS, ...ARITHMETIC, ...COMPARISONS, ...SET_OPERATORS];
  const asked = trees.flatMap((tree) =>
    [...nodesOf(tree)].map((node) => ('name' in node ? node.name : operator(node))),
  );
  const missing = wanted.filter((name) => !AGGREGATIONS_OF_3.includes(name) && !asked.includes(name));
  assert.deepEqual(missing, []);

  function operator(node: object): unknown {
    return 'operator' in node ? node.operator : '';
  }
});

test('a query hangs on nothing but seed and number', () => {
  assert.deepEqual(randomQuery(1, 1234), queries[1234]);
  assert.notDeepEqual(randomQuery(2, 1234), queries[1234]);
  assert.deepEqual(randomSeries(new Random(7)), randomSeries(new Random(7)));
});

test('no sample lies where a range may end', () => {
  const times = randomSeries(new Random(1)).flatMap(({ samples }) => samples.map(({ time }) => time));
  assert.ok(times.length > 10_000);
  assert.deepEqual(
    times.filter((time) => time % 1000 === 0),
    [],
  );
});
