import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pingDurations, type RunPing } from './ping-durations.ts';

type Row = [kind: string, at: number, rid?: string];

/** Pings from the oldest to the newest, numbered from 1; the page lists them the other way round. */
function page(rows: Row[]): RunPing[] {
  const pings = rows.map(([kind, created_at, rid = null], i) => ({
    check_id: 1,
    n: i + 1,
    created_at,
    kind,
    rid,
    duration: null,
  }));
  return pings.toReversed();
}

async function durations(rows: Row[], startOf: (ping: RunPing) => number | null = () => null) {
  return Object.fromEntries(await pingDurations(page(rows), async (ping) => startOf(ping)));
}

/** 72 hours. */
const LONGEST = 259_200_000;

describe('the duration of a run is that', () => {
  const cases: [string, Row[], object][] = [
    [
      'from its start to its success',
      [
        ['start', 0],
        ['success', 5],
      ],
      { 2: 5 },
    ],
    [
      'from its start to its failure',
      [
        ['start', 0],
        ['fail', 5],
      ],
      { 2: 5 },
    ],
    [
      'of its first end alone',
      [
        ['start', 0],
        ['success', 5],
        ['success', 9],
      ],
      { 2: 5 },
    ],
    [
      'from its latest start',
      [
        ['start', 0],
        ['start', 3],
        ['success', 5],
      ],
      { 3: 2 },
    ],
    [
      'of its own id',
      [
        ['start', 0, 'a'],
        ['start', 1, 'b'],
        ['success', 9, 'a'],
        ['fail', 9, 'b'],
      ],
      { 3: 9, 4: 8 },
    ],
    [
      'without other kinds of pings',
      [
        ['start', 0],
        ['log', 1],
        ['ign', 2],
        ['success', 5],
      ],
      { 4: 5 },
    ],
    [
      'below three days',
      [
        ['start', 0],
        ['success', LONGEST - 1],
        ['start', 0, 'a'],
        ['success', LONGEST, 'a'],
      ],
      { 2: LONGEST - 1 },
    ],
    [
      'never below zero',
      [
        ['start', 5],
        ['success', 4],
      ],
      {},
    ],
  ];
  for (const [name, rows, expected] of cases) {
    it(name, async () => assert.deepEqual(await durations(rows), expected));
  }

  it('from a start before the page', async () => {
    assert.deepEqual(await durations([['success', 50]], () => 20), { 1: 30 });
  });

  it('sought before the page once for each run at most', async () => {
    const sought: number[] = [];
    await durations(
      [
        ['success', 1],
        ['success', 2],
        ['fail', 3, 'a'],
        ['log', 4, 'b'],
      ],
      (ping) => {
        sought.push(ping.n);
        return null;
      },
    );
    assert.deepEqual(sought, [1, 3]);
  });

  const strangers = (count: number): Row[] =>
    Array.from({ length: count }, (_, i) => ['success', 100, `id ${i}`]);

  it('sought before the page up to ten times', async () => {
    const found = await durations([...strangers(10), ['start', 100], ['success', 107]], () => 90);
    assert.equal(Object.keys(found).length, 11);
  });

  it('of none when there is more to seek than that', async () => {
    assert.deepEqual(await durations([...strangers(11), ['start', 100], ['success', 107]], () => 90), {});
  });
});
