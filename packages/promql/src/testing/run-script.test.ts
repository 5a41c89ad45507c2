import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matcher } from '@vigie/series';
import { emptyRow, type Row, setFloat, setHistogram } from '../evaluate/columns.ts';
import { ExecutionError } from '../evaluate/execution-error.ts';
import type { Querier } from '../querier.ts';
import type { Query, QueryResult, Result } from '../query.ts';
import type { Answerer } from './evaluation.ts';
import { runScript } from './run-script.ts';

/** Answers any query by the newest samples of the series that its text names. */
const lastSamples: Answerer = {
  instant: async (query, querier) =>
    answer(query, { type: 'vector', time: query.time, rows: await rowsOf(query, querier, [query.time]) }),
  range: async (query, querier) => {
    const times: number[] = [];
    for (let time = query.start; time <= query.end; time += query.step) times.push(time);
    const steps = { start: query.start, step: query.step, count: times.length };
    return answer(query, { type: 'matrix', steps, rows: await rowsOf(query, querier, times) });
  },
};

async function rowsOf(query: Query, querier: Querier, times: readonly number[]): Promise<Row[]> {
  if (query.text === 'bad') throw new ExecutionError('that is bad');
  const rows = new Map<string, Row>();
  for (const [at, until] of times.entries()) {
    const matchers = [matcher('__name__', '=', query.text)];
    for (const { labels, read } of await querier.select({ matchers, after: until - 300_000, until })) {
      const { count, values, histograms } = read();
      const row = rows.get(labels.key) ?? emptyRow(labels, false, times.length);
      rows.set(labels.key, row);
      const histogram = histograms?.[count - 1];
      if (histogram === undefined) setFloat(row, at, values[count - 1] ?? 0);
      else setHistogram(row, at, histogram);
    }
  }
  return [...rows.values()];
}

function answer({ text }: Query, result: Result): QueryResult {
  return {
    expression: { kind: 'call', name: 'time', args: [], returns: 'scalar', span: { start: 0, end: 0 } },
    result,
    warnings: text === 'warns' ? ['mind the gap (1:1)'] : [],
    infos: [],
    stats: { samplesRead: 0, peakSamples: 0, evaluationTime: 0 },
  };
}

const LOADED = 'load 1m\n  a{x="1"} 1 2 3\n  a{x="2"} 4 5 6\n  warns 1\n\n';

const PASSING = [
  'eval instant at 1m a\n  a{x="2"} 5\n  a{x="1"} 2',
  'eval instant at 1m a\n  expect ordered\n  a{x="1"} 2\n  a{x="2"} 5',
  'eval instant at 1m a\n  expect no_warn\n  a{x="1"} 2.000001\n  a{x="2"} 5',
  'eval instant at 1m b',
  'eval range from 0 to 2m step 1m a\n  a{x="1"} 1 2 3\n  a{x="2"} 4 5 6',
  'eval instant at 0 bad\n  expect fail',
  'eval instant at 0 bad\n  expect fail msg: that is bad',
  'eval instant at 0 bad\n  expect fail regex: is',
  'eval instant at 0 warns\n  warns 1',
  'eval instant at 0 warns\n  expect warn msg: PromQL warning: mind the gap (1:1)\n  expect no_info\n  warns 1',
];

for (const text of PASSING)
  test(`as expected: ${JSON.stringify(text)}`, async () => {
    assert.deepEqual(await runScript(LOADED + text, lastSamples), { passed: 1, failures: [] });
  });

const FAILING: readonly [text: string, complaint: RegExp][] = [
  ['eval instant at 1m a\n  a{x="1"} 2', /nothing was said of/],
  ['eval instant at 1m a\n  a{x="1"} 2\n  a{x="2"} 5\n  a{x="3"} 5', /which is missing/],
  ['eval instant at 1m a\n  a{x="1"} 2.0001\n  a{x="2"} 5', /wanted 2.0001, got 2/],
  ['eval instant at 1m a\n  a{x="1"} 2\n  a{x="2"} {{sum:5}}', /got 5/],
  ['eval instant at 1m a\n  expect ordered\n  a{x="2"} 5\n  a{x="1"} 2', /at place 1/],
  ['eval instant at 1m a', /nothing was said of/],
  ['eval instant at 1m a\n  5', /wanted scalar 5/],
  ['eval instant at 1m a\n  expect string "x"', /wanted string/],
  ['eval instant at 1m a\n  expect fail', /wanted an error/],
  ['eval instant at 1m bad', /failed: that is bad/],
  ['eval instant at 1m bad\n  expect fail msg: that', /got: that is bad/],
  ['eval instant at 0 warns\n  expect no_warn\n  warns 1', /wanted no warning/],
  ['eval instant at 0 warns\n  expect warn msg: mind\n  warns 1', /wanted a warning/],
  ['eval instant at 0 warns\n  expect info\n  warns 1', /wanted a info/],
  ['eval range from 0 to 1m step 1m a\n  a{x="1"} 1 2 3\n  a{x="2"} 4 5', /wanted 3 points, got 2/],
  ['eval range from 0 to 1m step 1m a\n  a{x="1"} 1 _\n  a{x="2"} 4 5', /wanted 1 points, got 2/],
  ['load 1m\n  a{x="1"} 1 7', /has another sample/],
  ['evil instant at 1m a', /unknown command/],
];

for (const [text, complaint] of FAILING)
  test(`not as expected: ${JSON.stringify(text)}`, async () => {
    const { passed, failures } = await runScript(LOADED + text, lastSamples);
    assert.equal(passed, 0);
    assert.equal(failures.length, 1);
    assert.match(failures[0]?.complaint ?? '', complaint);
  });

test('an instant query whose range query differs fails', async () => {
  const silent: Answerer = {
    ...lastSamples,
    range: async (query) =>
      answer(query, { type: 'matrix', steps: { start: query.start, step: query.step, count: 3 }, rows: [] }),
  };
  const { failures } = await runScript(`${LOADED}eval instant at 0 warns\n  warns 1`, silent);
  assert.match(failures[0]?.complaint ?? '', /^as a range query: wanted .*warns/);
});

test('classic histograms are loaded as native ones with custom buckets, too', async () => {
  const text = `load_with_nhcb 1m
  h_bucket{le="1", x="y"} 2
  h_bucket{le="+Inf", x="y"} 5
  h_count{x="y"} 5
  h_sum{x="y"} 9

eval instant at 0 h
  h{x="y"} {{schema:-53 count:5 sum:9 custom_values:[1] buckets:[2 3]}}
`;
  assert.deepEqual(await runScript(text, lastSamples), { passed: 1, failures: [] });
});
