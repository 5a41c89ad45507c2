import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Run } from '@vigie/contract';
import { type Looked, longRun, type Told, toldBy, whatHurts } from './what-hurts.ts';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');

function ago(seconds: number): string {
  return new Date(NOW - seconds * 1_000).toISOString();
}

function check(looks: Partial<Looked>): Looked {
  return {
    id: 'a',
    status: 'up',
    n_pings: 1,
    started_at: null,
    deadline: null,
    down_since: null,
    created_at: ago(9_000),
    policies: {},
    ...looks,
  };
}

function runs(...durations: (number | null)[]): Run[] {
  return durations.map((duration, n) => ({ n, at: ago(1), kind: 'success', duration }));
}

function idsOf(checks: readonly Looked[]): string {
  return checks.map(({ id }) => id).join('');
}

describe('what hurts', () => {
  it('is down, the latest first; late, the next to go down first; running, the longest first; new, the newest first', () => {
    const { down, late, long, unheard } = whatHurts(
      [
        check({ id: 'a', status: 'down', down_since: ago(500) }),
        check({ id: 'b', status: 'down', down_since: ago(100) }),
        check({ id: 'c', status: 'grace', deadline: ago(-60) }),
        check({ id: 'd', status: 'grace', deadline: ago(-20) }),
        check({ id: 'e', status: 'new', n_pings: 0, created_at: ago(50) }),
        check({ id: 'f', status: 'new', n_pings: 0, created_at: ago(5) }),
        check({ id: 'g', status: 'new', n_pings: 3 }),
        check({ id: 'h' }),
        check({ id: 'i', started_at: ago(200), policies: { longest_run: 10 } }),
        check({ id: 'j', started_at: ago(300), policies: { longest_run: 10 } }),
      ],
      {},
      NOW,
    );
    const running = long.map(({ check }) => check);
    assert.deepEqual([down, late, running, unheard].map(idsOf), ['ba', 'dc', 'ji', 'fe']);
  });

  const running = { started_at: ago(300) };
  const cases: [string, Partial<Looked>, Run[], number | null][] = [
    ['is longer than a policy allows', { ...running, policies: { longest_run: 299 } }, [], 299],
    [
      'is no longer than a policy allows',
      { ...running, policies: { longest_run: 300 } },
      runs(1, 1, 1),
      null,
    ],
    ['is much longer than all its last runs', running, runs(20, 100, null, 30), 160],
    ['is a little longer than its last runs', running, runs(20, 200, 30), null],
    ['has too few runs before it', running, runs(20, 20), null],
    ['is over', {}, runs(1, 1, 1), null],
    ['is of a check that is late anyway', { ...running, status: 'grace' }, runs(1, 1, 1), null],
  ];
  for (const [name, looks, before, most] of cases) {
    it(`knows a run that ${name}`, () =>
      assert.equal(longRun(check(looks), before, NOW)?.most ?? null, most));
  }
});

describe('who was told', () => {
  it('are the channels that got the message about this outage, each once', () => {
    const message = (looks: Partial<Told>): Told => ({
      check: 'a',
      kind: 'firing',
      state: 'sent',
      created_at: ago(10),
      channel_name: 'Ops',
      ...looks,
    });
    const deliveries = [
      message({}),
      message({}),
      message({ channel_name: 'Chat' }),
      message({ channel_name: 'Failed', state: 'failed' }),
      message({ channel_name: 'Other', check: 'b' }),
      message({ channel_name: 'Before', created_at: ago(99) }),
      message({ channel_name: 'Resolved', kind: 'resolved' }),
      message({ channel_name: null }),
    ];
    assert.deepEqual(toldBy({ check: 'a', raised_at: ago(20) }, deliveries), ['Ops', 'Chat']);
  });
});
