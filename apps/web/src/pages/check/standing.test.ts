import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rollup } from '@vigie/contract';
import { dayCells, standing } from './standing.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const OLD = {
  created_at: '2026-01-01T00:00:00.000Z',
  last_ping: '2026-11-21T11:00:00.000Z',
  status: 'up',
} as const;

function sums(start: string, own: Partial<Rollup>): Rollup {
  const nothing = { successes: 0, failures: 0, starts: 0, logs: 0, ignored: 0, runs: 0 };
  const zero = { duration_sum: 0, duration_max: 0, down: 0, uptime: 1 };
  return { start: `${start}.000Z`, ...nothing, ...zero, ...own };
}

test('uptime is the part of the time it was not down', () => {
  const items = [
    sums('2026-11-10T00:00:00', { successes: 1, failures: 1, down: 9_999 }),
    sums('2026-11-20T00:00:00', { successes: 9, failures: 1, down: 3_240 }),
  ];
  const week = standing(items, 7, OLD, NOW);
  // Six whole days and twelve hours of today.
  assert.deepEqual(week, {
    uptime: 1 - 3_240 / (6.5 * 86_400),
    successRate: 0.9,
    runs: 10,
    down: 3_240,
    young: null,
  });
});

test('a young check is measured since it is there', () => {
  const check = { ...OLD, created_at: '2026-11-21T11:00:00.000Z' };
  const items = [sums('2026-11-21T11:00:00', { successes: 1, failures: 1, down: 1_800 })];
  const { uptime, young } = standing(items, 1, check, NOW);
  assert.deepEqual([uptime, young], [0.5, 3_600]);
});

test('nothing reported is not 100 %', () => {
  for (const status of ['new', 'paused'] as const) {
    assert.equal(standing([], 7, { ...OLD, status }, NOW).uptime, null);
  }
  assert.equal(standing([], 7, { ...OLD, last_ping: null }, NOW).uptime, null);
});

test('a check whose next ping is not due yet is up all the time', () => {
  assert.deepEqual(standing([], 1, OLD, NOW), {
    uptime: 1,
    successRate: null,
    runs: 0,
    down: 0,
    young: null,
  });
});

test('days are told apart by how they went', () => {
  const items = [
    sums('2026-11-18T00:00:00', { successes: 1 }),
    sums('2026-11-19T00:00:00', { failures: 1, successes: 1 }),
    sums('2026-11-21T00:00:00', { failures: 1, down: 21_600, uptime: 0.5 }),
  ];
  assert.deepEqual(
    dayCells(items, 4, NOW).map(({ look }) => look),
    ['up', 'degraded', 'none', 'down'],
  );
});
