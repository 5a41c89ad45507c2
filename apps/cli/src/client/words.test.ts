import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../command.ts';
import {
  countText,
  durationFrom,
  instantFrom,
  matcherFrom,
  matcherText,
  tableText,
  timeText,
} from './words.ts';

const MATCHERS: [string, string][] = [
  ['severity=critical', 'severity="critical"'],
  ['check = "a b"', 'check="a b"'],
  ['check!=', 'check!=""'],
  ['instance=~web.*', 'instance=~"web.*"'],
  ['tags!~"(^| )db( |$)"', 'tags!~"(^| )db( |$)"'],
  ['expr=a=b', 'expr="a=b"'],
];

for (const [typed, meant] of MATCHERS) {
  test(`the matcher ${typed} means ${meant}`, () => {
    assert.equal(matcherText(matcherFrom(typed)), meant);
  });
}

test('what is no matcher, duration or time is refused by name', () => {
  for (const text of ['', 'severity', '=x', 'a b=c', 'a="b']) {
    assert.throws(() => matcherFrom(text), UsageError);
  }
  for (const text of ['', '1', 'h', '1y', '1h 30m', '-1h'])
    assert.throws(() => durationFrom(text), UsageError);
  assert.throws(() => instantFrom('yesterday', 0), /not a time: yesterday/);
});

test('durations add their parts', () => {
  assert.deepEqual(
    ['90s', '1h30m', '2d', '1w'].map(durationFrom),
    [90_000, 5_400_000, 172_800_000, 604_800_000],
  );
});

test('a time is an instant, or how long ago', () => {
  const now = Date.UTC(2026, 6, 15, 12);
  assert.equal(instantFrom('2h', now), '2026-07-15T10:00:00.000Z');
  assert.equal(instantFrom('2026-07-15T12:00:00+02:00', now), '2026-07-15T10:00:00.000Z');
  assert.equal(timeText('2026-07-15T10:00:00.123Z'), '2026-07-15 10:00:00Z');
});

test('one is one, and all else is many', () => {
  assert.deepEqual(
    [0, 1, 2].map((count) => countText(count, 'alert')),
    ['0 alerts', '1 alert', '2 alerts'],
  );
});

test('columns of a table are as wide as their widest cell', () => {
  const rows = [
    ['ID', 'X'],
    ['1234', 'y'],
  ];
  assert.equal(tableText(rows), 'ID    X\n1234  y');
});
