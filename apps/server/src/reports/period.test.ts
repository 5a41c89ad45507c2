import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TIME_ZONES } from '@vigie/schedule';
import { dayOf, lastDue, PERIODS, type Period, periodBefore, periodFrom, zoneOf } from './period.ts';

const HOUR = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);

const CASES: [period: Period, zone: string, now: string, due: string, from: string, until: string][] = [
  ['daily', 'UTC', '2026-11-21T08:00', '2026-11-21T08:00', '2026-11-20T00:00', '2026-11-21T00:00'],
  ['daily', 'UTC', '2026-11-21T07:59', '2026-11-20T08:00', '2026-11-19T00:00', '2026-11-20T00:00'],
  ['weekly', 'Europe/Paris', '2026-11-23T12:00', '2026-11-23T07:00', '2026-11-15T23:00', '2026-11-22T23:00'],
  // The week in which the clock is put back has an hour more, that in which it is put forward one less.
  ['weekly', 'Europe/Paris', '2026-10-26T07:00', '2026-10-26T07:00', '2026-10-18T22:00', '2026-10-25T23:00'],
  ['weekly', 'Europe/Paris', '2026-03-30T06:00', '2026-03-30T06:00', '2026-03-22T23:00', '2026-03-29T22:00'],
  ['daily', 'Europe/Paris', '2026-03-29T06:00', '2026-03-29T06:00', '2026-03-27T23:00', '2026-03-28T23:00'],
  ['daily', 'Europe/Paris', '2026-03-30T06:00', '2026-03-30T06:00', '2026-03-28T23:00', '2026-03-29T22:00'],
  [
    'monthly',
    'America/New_York',
    '2026-12-01T12:59',
    '2026-11-01T13:00',
    '2026-10-01T04:00',
    '2026-11-01T04:00',
  ],
  [
    'monthly',
    'America/New_York',
    '2026-12-01T13:00',
    '2026-12-01T13:00',
    '2026-11-01T04:00',
    '2026-12-01T05:00',
  ],
  [
    'monthly',
    'Asia/Kathmandu',
    '2026-03-01T02:15',
    '2026-03-01T02:15',
    '2026-01-31T18:15',
    '2026-02-28T18:15',
  ],
  [
    'monthly',
    'Pacific/Kiritimati',
    '2028-03-01T00:00',
    '2028-02-29T18:00',
    '2028-01-31T10:00',
    '2028-02-29T10:00',
  ],
  // Midnight does not exist: the clock jumps from 00:00 to 01:00, and the day begins there.
  ['daily', 'America/Havana', '2026-03-09T12:00', '2026-03-09T12:00', '2026-03-08T05:00', '2026-03-09T04:00'],
];

for (const [period, zone, now, due, from, until] of CASES) {
  test(`${period} in ${zone} at ${now}`, () => {
    const dueAt = lastDue(period, zone, Date.parse(`${now}Z`));
    assert.equal(iso(dueAt), due);
    const range = periodBefore(period, zone, dueAt);
    assert.deepEqual([iso(range.from), iso(range.until)], [from, until]);
  });
}

test('in every zone, at any time of two years, a period is whole, over, and found by its first day', () => {
  const lengths: Record<Period, [number, number]> = {
    daily: [22 * HOUR, 26 * HOUR],
    weekly: [166 * HOUR, 170 * HOUR],
    monthly: [28 * 24 * HOUR - 2 * HOUR, 31 * 24 * HOUR + 2 * HOUR],
  };
  for (const [i, zone] of TIME_ZONES.entries()) {
    for (const period of PERIODS) {
      for (let step = 0; step < 6; step += 1) {
        const now = Date.UTC(2026, 0, 1) + ((i * 7919 + step * 104_729) % (2 * 365 * 24)) * HOUR + step * 977;
        const dueAt = lastDue(period, zone, now);
        const range = periodBefore(period, zone, dueAt);
        const at = `${period} in ${zone} at ${new Date(now).toISOString()}`;
        const [least, most] = lengths[period];
        const length = range.until - range.from;
        assert.ok(dueAt <= now && range.until < dueAt, at);
        assert.ok(length >= least && length <= most, `${at}: ${length / HOUR} h`);
        assert.deepEqual(periodFrom(period, zone, dayOf(zone, range.from)), range, at);
        assert.equal(dayOf(zone, range.until - 1) < dayOf(zone, range.until), true, at);
      }
    }
  }
});

test('a day on which no period begins, and what is no day, are told apart', () => {
  assert.equal(periodFrom('weekly', 'UTC', '2026-11-17'), null);
  assert.equal(periodFrom('monthly', 'UTC', '2026-11-16'), null);
  assert.notEqual(periodFrom('daily', 'Pacific/Kiritimati', '2026-11-17'), null);
});

test('a zone that is none any more is UTC', () => {
  assert.deepEqual(['Europe/Kiev', 'Mars/Base', ''].map(zoneOf), ['Europe/Kyiv', 'UTC', 'UTC']);
});
