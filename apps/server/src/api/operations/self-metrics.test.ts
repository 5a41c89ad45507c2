import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SelfMetrics } from './self-metrics.ts';

test('each flip is counted with its lag behind the moment that its deadline meant', async () => {
  const metrics = new SelfMetrics({ queuedWrites: () => 0, nextDeadline: () => 0 });
  const now = Date.UTC(2026, 6, 15, 12, 0, 0);
  metrics.countFlips([now - 4, now - 200, now - 60_000], now);
  metrics.countFlips([], now);
  const told = (await metrics.registry.metrics()).split('\n');
  for (const line of [
    'vigie_deadline_flips_total 3',
    'vigie_deadline_lag_seconds_bucket{le="0.005"} 1',
    'vigie_deadline_lag_seconds_bucket{le="0.1"} 1',
    'vigie_deadline_lag_seconds_bucket{le="0.25"} 2',
    'vigie_deadline_lag_seconds_bucket{le="30"} 2',
    'vigie_deadline_lag_seconds_sum 60.204',
    'vigie_deadline_lag_seconds_count 3',
  ]) {
    assert.ok(told.includes(line), line);
  }
});
