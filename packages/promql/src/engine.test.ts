import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels } from '@vigie/series';
import { createEngine } from './engine.ts';
import type { EngineOptions } from './options.ts';
import type { Querier, Selection } from './querier.ts';
import type { QueryResult } from './query.ts';
import { MemoryQuerier } from './testing/memory-querier.ts';

const SECOND = 1000;

/** `metric{i="0"}`, ... with a sample each ten seconds from 0 to 100 s: the second times the series' number. */
function store(series: number): MemoryQuerier {
  const querier = new MemoryQuerier();
  for (let at = 0; at < series; at++)
    for (let second = 0; second <= 100; second += 10)
      querier.add(Labels.of({ __name__: 'metric', i: String(at) }), second * SECOND, {
        kind: 'float',
        value: second * at,
      });
  return querier;
}

function range(
  text: string,
  options: Partial<EngineOptions> = {},
  querier: Querier = store(3),
): Promise<QueryResult> {
  const query = { text, start: 0, end: 100 * SECOND, step: 10 * SECOND };
  return createEngine(options).range(query, querier);
}

test('a scalar of a range query is a series without labels', async () => {
  const { result } = await createEngine().range({ text: '1 + 1', start: 0, end: 25, step: 10 }, store(0));
  assert.ok(result.type === 'matrix');
  assert.deepEqual(result.steps, { start: 0, step: 10, count: 3 });
  assert.deepEqual(
    result.rows.map(({ labels, values }) => [labels.size, [...values]]),
    [[0, [2, 2, 2]]],
  );
});

test('a string and a range vector are no range queries', async () => {
  for (const [text, type] of [
    ['"a"', 'string'],
    ['metric[1m]', 'range vector'],
  ] as const)
    await assert.rejects(range(text), {
      name: 'InvalidQuery',
      message: `invalid expression type "${type}" for range query, must be Scalar or instant Vector`,
    });
});

test('rows of a range query are sorted by their labels', async () => {
  const { result } = await range('label_replace(-metric, "z", "a", "i", "2")');
  assert.ok(result.type === 'matrix');
  assert.deepEqual(
    result.rows.map(({ labels }) => labels.toObject()),
    [{ i: '0' }, { i: '1' }, { i: '2', z: 'a' }],
  );
});

test('all selectors are asked for at once, each with the times it needs', async () => {
  const asked: Selection[] = [];
  const waiting: (() => void)[] = [];
  const querier: Querier = {
    select: async (selection) => {
      asked.push(selection);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 4) for (const go of waiting) go();
      });
      return [];
    },
  };
  await range(
    'rate(a[1m] offset 10s) + b @ 7 + max_over_time(c[1m:30s]) + rate(d[1m] smoothed)',
    {},
    querier,
  );
  const minutes = 60 * SECOND;
  assert.deepEqual(
    asked.map(({ matchers, after, until }) => [matchers[0]?.value, after, until]),
    [
      ['a', -70 * SECOND, 90 * SECOND],
      ['b', 7 * SECOND - 5 * minutes, 7 * SECOND],
      ['c', -30 * SECOND - 5 * minutes, 90 * SECOND],
      ['d', -6 * minutes, 100 * SECOND + 5 * minutes],
    ],
  );
});

test('samples beyond the limit are refused; what was let go does not count', async () => {
  // 3 series at 11 steps, and the sum over them.
  const { stats } = await range('sum(metric)', { maxSamples: 33 });
  assert.equal(stats.peakSamples, 33);
  assert.equal(stats.samplesRead, 33);
  await assert.rejects(range('sum(metric)', { maxSamples: 32 }), {
    name: 'ExecutionError',
    message: 'query processing would load too many samples into memory in query execution',
  });
});

test('a subquery with more steps than samples are allowed is refused before anything is read', async () => {
  const querier: Querier = { select: () => Promise.reject(new Error('read')) };
  await assert.rejects(range('max_over_time(metric[1y:1ms])', {}, querier), { name: 'ExecutionError' });
});

test('a query ends when it is cancelled, and when its time is over', async () => {
  const query = { text: 'metric', time: 0 };
  await assert.rejects(createEngine().instant({ ...query, cancelled: () => true }, store(1)), {
    name: 'QueryEnded',
    why: 'canceled',
  });
  let now = 0;
  const engine = createEngine({ timeout: 1000 }, () => (now += 600));
  await assert.rejects(engine.instant(query, store(1)), { name: 'QueryEnded', why: 'timeout' });
});

test('an annotation is said once for each place, with its line and column', async () => {
  const { warnings, infos } = await range(
    'quantile(2, metric)\n  + quantile(2, metric) + sum(rate(metric[1m]))',
  );
  assert.deepEqual(warnings, [
    'quantile value should be between 0 and 1, got 2 (1:10)',
    'quantile value should be between 0 and 1, got 2 (2:14)',
  ]);
  assert.equal(infos.length, 1);
});

test('what is the same at every step is evaluated once', async () => {
  // The one series is read at one step for the first selector, at all eleven for the second.
  const { stats, result } = await range('sum(metric @ 50) + on() sum(metric)', {}, store(1));
  assert.ok(result.type === 'matrix');
  assert.equal(result.rows[0]?.values.length, 11);
  assert.equal(stats.samplesRead, 6 + 11);
  // What was found is spread over the steps: eleven on each side, and eleven sums.
  assert.equal(stats.peakSamples, 22);
  const scalars = await range('scalar(sum(metric @ 50))', { maxSamples: 11 }, store(3));
  assert.ok(scalars.result.type === 'matrix');
  assert.deepEqual([...(scalars.result.rows[0]?.values ?? [])], new Array(11).fill(150));
});

test('names go at once or at the end, and two that are left the same are refused', async () => {
  const text = 'label_replace(rate(metric[1m]), "was", "$1", "__name__", "(.*)")';
  const wasIn = async (delayedNameRemoval: boolean): Promise<string | undefined> => {
    const { result } = await range(text, { delayedNameRemoval });
    return result.type === 'matrix' ? result.rows[0]?.labels.get('was') : undefined;
  };
  assert.equal(await wasIn(true), 'metric');
  assert.equal(await wasIn(false), '');
  for (const delayedNameRemoval of [true, false])
    await assert.rejects(range('label_replace(metric, "i", "", "i", ".*")', { delayedNameRemoval }), {
      name: 'ExecutionError',
      message: 'vector cannot contain metrics with the same labelset',
    });
});

test('an instant query for a range answers with the samples and their own times', async () => {
  const { result } = await createEngine().instant(
    { text: 'metric{i="1"}[25s]', time: 100 * SECOND },
    store(2),
  );
  assert.ok(result.type === 'samples');
  const [row] = result.series;
  assert.deepEqual([...(row?.timestamps ?? [])], [80_000, 90_000, 100_000]);
  assert.deepEqual([...(row?.values ?? [])], [80, 90, 100]);
});
