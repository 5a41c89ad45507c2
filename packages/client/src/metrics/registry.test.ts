import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from './registry.ts';

test('counters, gauges and histograms are written as Prometheus reads them', () => {
  const registry = new Registry();
  registry.add('jobs_total', 'Jobs\nof all kinds.', { queue: 'a "b" \\ c\nd' });
  registry.add('jobs_total', '', { queue: 'a "b" \\ c\nd' }, 2);
  registry.set('rows', 'Rows.', {}, 5);
  registry.set('rows', 'Rows.', {}, 4);
  for (const seconds of [0.005, 0.3, 2, 100])
    registry.observe('took_seconds', 'Time.', { job: 'x' }, seconds);
  assert.equal(
    registry.exposition(),
    `# HELP jobs_total Jobs\\nof all kinds.
# TYPE jobs_total counter
jobs_total{queue="a \\"b\\" \\\\ c\\nd"} 3
# HELP rows Rows.
# TYPE rows gauge
rows 4
# HELP took_seconds Time.
# TYPE took_seconds histogram
took_seconds_bucket{job="x",le="0.005"} 1
took_seconds_bucket{job="x",le="0.01"} 1
took_seconds_bucket{job="x",le="0.025"} 1
took_seconds_bucket{job="x",le="0.05"} 1
took_seconds_bucket{job="x",le="0.1"} 1
took_seconds_bucket{job="x",le="0.25"} 1
took_seconds_bucket{job="x",le="0.5"} 2
took_seconds_bucket{job="x",le="1"} 2
took_seconds_bucket{job="x",le="2"} 3
took_seconds_bucket{job="x",le="5"} 3
took_seconds_bucket{job="x",le="10"} 3
took_seconds_bucket{job="x",le="30"} 3
took_seconds_bucket{job="x",le="+Inf"} 4
took_seconds_sum{job="x"} 102.305
took_seconds_count{job="x"} 4
`,
  );
});

test('series have a bound; what is beyond is counted', () => {
  const registry = new Registry();
  for (let i = 0; i < 10_005; i++) registry.add('n', 'N.', { i: String(i) });
  const text = registry.exposition();
  assert.equal(text.match(/^n\{/gm)?.length, 10_000);
  assert.match(text, /^vigie_client_dropped_samples_total 5$/m);
});

test('a name that is another kind of metric, or none, is not taken', () => {
  const registry = new Registry();
  registry.add('n', 'N.');
  registry.set('n', 'N.', {}, 7);
  registry.add('a b', 'N.');
  assert.match(registry.exposition(), /^n 1$/m);
  assert.match(registry.exposition(), /^vigie_client_dropped_samples_total 2$/m);
});
