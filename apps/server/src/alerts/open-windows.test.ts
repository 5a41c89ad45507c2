import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverageOf, opensNext, openUntil, type WindowTimes } from './open-windows.ts';

const at = (text: string): number => Date.parse(text);
const shown = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString().replace(/:00\.000Z$/, 'Z');

function recurring(schedule: string, minutes: number, own: Partial<WindowTimes> = {}): WindowTimes {
  return { schedule, duration: minutes * 60, time_zone: 'UTC', starts_at: null, ends_at: null, ...own };
}

function once(from: string, to: string): WindowTimes {
  return { schedule: '', duration: 0, time_zone: '', starts_at: at(from), ends_at: at(to) };
}

const WEEK = 7 * 24 * 60;
const nightly = recurring('0 2 * * *', 60);
const summer = recurring('0 2 * * *', 60, {
  starts_at: at('2026-06-01T02:00Z'),
  ends_at: at('2026-09-01T02:30Z'),
});
const tuesday = once('2026-07-14T10:00Z', '2026-07-14T12:00Z');

const CASES: [name: string, window: WindowTimes, now: string, until: string | null, next: string | null][] = [
  ['once, before', tuesday, '2026-07-14T09:59:59.999Z', null, '2026-07-14T10:00Z'],
  ['once, its first instant', tuesday, '2026-07-14T10:00Z', '2026-07-14T12:00Z', null],
  ['once, its last instant', tuesday, '2026-07-14T11:59:59.999Z', '2026-07-14T12:00Z', null],
  ['once, after', tuesday, '2026-07-14T12:00Z', null, null],
  ['nightly, before', nightly, '2026-07-15T01:59:59.999Z', null, '2026-07-15T02:00Z'],
  ['nightly, its first instant', nightly, '2026-07-15T02:00Z', '2026-07-15T03:00Z', '2026-07-16T02:00Z'],
  ['nightly, its last', nightly, '2026-07-15T02:59:59.999Z', '2026-07-15T03:00Z', '2026-07-16T02:00Z'],
  ['nightly, after', nightly, '2026-07-15T03:00Z', null, '2026-07-16T02:00Z'],
  ['before its first time', summer, '2026-05-31T02:30Z', null, '2026-06-01T02:00Z'],
  ['its first time', summer, '2026-06-01T02:00Z', '2026-06-01T03:00Z', '2026-06-02T02:00Z'],
  ['its end cuts an opening short', summer, '2026-09-01T02:10Z', '2026-09-01T02:30Z', null],
  ['after its end', summer, '2026-09-01T02:30Z', null, null],
  [
    'an opening that began before its first time',
    recurring('0 2 * * *', 60, { starts_at: at('2026-06-01T02:30Z') }),
    '2026-06-01T02:45Z',
    null,
    '2026-06-02T02:00Z',
  ],
  [
    'openings that overlap: the last to begin closes last',
    recurring('0 * * * *', 150),
    '2026-07-15T12:10Z',
    '2026-07-15T14:30Z',
    '2026-07-15T13:00Z',
  ],
  [
    'every minute for a week',
    recurring('* * * * *', WEEK),
    '2026-07-15T12:00:30Z',
    '2026-07-22T12:00Z',
    '2026-07-15T12:01Z',
  ],
  [
    // Europe/Paris leaves out 02:00 to 03:00 on 29 March 2026: what was meant for then is done at once after.
    'a start in the hour that spring leaves out',
    recurring('30 2 * * *', 60, { time_zone: 'Europe/Paris' }),
    '2026-03-29T01:30Z',
    '2026-03-29T02:00Z',
    '2026-03-30T00:30Z',
  ],
  [
    'an opening across the hour that spring leaves out lasts as long as ever',
    recurring('0 1 * * *', 120, { time_zone: 'Europe/Paris' }),
    '2026-03-29T01:30Z',
    '2026-03-29T02:00Z',
    '2026-03-29T23:00Z',
  ],
  [
    // 02:30 comes twice on 25 October 2026, at 00:30 and 01:30 UTC: a job of that hour runs once.
    'the hour that autumn repeats, the first time',
    recurring('30 2 * * *', 20, { time_zone: 'Europe/Paris' }),
    '2026-10-25T00:40Z',
    '2026-10-25T00:50Z',
    '2026-10-26T01:30Z',
  ],
  [
    'the hour that autumn repeats, the second time',
    recurring('30 2 * * *', 20, { time_zone: 'Europe/Paris' }),
    '2026-10-25T01:40Z',
    null,
    '2026-10-26T01:30Z',
  ],
  [
    'a day that comes every four years',
    recurring('0 0 29 2 *', 60),
    '2026-07-15T12:00Z',
    null,
    '2028-02-29T00:00Z',
  ],
];

for (const [name, window, now, until, next] of CASES) {
  test(name, () => {
    assert.deepEqual([shown(openUntil(window, at(now))), shown(opensNext(window, at(now)))], [until, next]);
  });
}

test('a window that opens each minute for a week costs no more than any other', () => {
  const crowded = recurring('* * * * *', WEEK);
  openUntil(crowded, at('2026-07-15T12:00Z'));
  const before = process.cpuUsage().user;
  for (let i = 0; i < 1_000; i++) openUntil(crowded, at('2026-07-15T12:00Z') + i * 60_000);
  // Ten thousand openings each would take minutes.
  assert.ok(process.cpuUsage().user - before < 2_000_000, 'microseconds');
});

test('a window covers any of its tags in any of its environments', () => {
  const cases: [tags: string[], environments: string[], labels: Record<string, string>, covered: boolean][] =
    [
      [[], [], {}, true],
      [['db'], [], { tags: 'web db' }, true],
      [['db', 'web'], [], { tags: 'web' }, true],
      [['db'], [], { tags: 'dbx' }, false],
      [['db'], [], {}, false],
      [[], ['staging'], { environment: 'staging' }, true],
      [[], ['staging'], { environment: 'production' }, false],
      [[], ['staging'], {}, false],
      [['db'], ['staging'], { tags: 'db', environment: 'production' }, false],
      [['db'], ['staging', 'production'], { tags: 'db', environment: 'production' }, true],
    ];
  for (const [tags, environments, labels, covered] of cases) {
    const test = coverageOf({ tags: JSON.stringify(tags), environments: JSON.stringify(environments) });
    assert.equal(test(labels), covered, JSON.stringify([tags, environments, labels]));
  }
});
