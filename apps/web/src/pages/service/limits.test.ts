import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Measurement, Threshold } from '@vigie/contract';
import { limited, matchingMeasurements, seriesText } from './limits.ts';

const measured = (name: string, value: number, labels: Record<string, string> = {}): Measurement => ({
  name,
  value,
  labels,
});

describe('measurements and their thresholds', () => {
  const cases: [string, Threshold, Measurement, string][] = [
    ['within', { metric: 'a', op: '>', warning: 5 }, measured('a', 5), 'null'],
    ['beyond the warning', { metric: 'a', op: '>', warning: 5, critical: 9 }, measured('a', 6), 'warning'],
    ['beyond both', { metric: 'a', op: '>', warning: 5, critical: 9 }, measured('a', 10), 'critical'],
    ['without a warning', { metric: 'a', op: '<=', critical: 1 }, measured('a', 1), 'critical'],
    ['of other labels', { metric: 'a', labels: { db: 'x' }, op: '>', warning: 5 }, measured('a', 9), ''],
    [
      'of its labels',
      { metric: 'a', labels: { db: 'x' }, op: '!=', warning: 5 },
      measured('a', 9, { db: 'x' }),
      'warning',
    ],
    ['of another name', { metric: 'b', op: '>', warning: 5 }, measured('a', 9), ''],
  ];
  for (const [name, threshold, measurement, expected] of cases) {
    it(`tell one ${name}`, () => {
      const [one] = limited([measurement], [threshold]);
      assert.equal(one?.limits.map(({ passed }) => String(passed)).join(), expected);
    });
  }

  it('begin with what is beyond a limit, then what has one', () => {
    const thresholds: Threshold[] = [
      { metric: 'warned', op: '>', warning: 1, critical: 9 },
      { metric: 'grave', op: '>', critical: 1 },
      { metric: 'fine', op: '>', critical: 9 },
    ];
    const names = ['plain', 'fine', 'warned', 'grave', 'another'];
    assert.deepEqual(
      limited(
        names.map((name) => measured(name, 2)),
        thresholds,
      ).map(({ measurement }) => measurement.name),
      ['grave', 'warned', 'fine', 'another', 'plain'],
    );
  });

  it('are found by name and labels', () => {
    const all = limited([measured('pg_size', 1, { datname: 'App' }), measured('pg_size', 2)], []);
    assert.deepEqual(
      matchingMeasurements(all, 'app SIZE').map(({ measurement }) => seriesText(measurement)),
      ['pg_size{datname="App"}'],
    );
    assert.equal(matchingMeasurements(all, '').length, 2);
  });
});
