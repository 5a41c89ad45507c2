import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProbeFailure } from '../../failure.ts';
import { type Reading, readingsOf } from './reading.ts';

/** Columns by name; `#` in front of one whose type is a number's. */
const table = (columns: string, ...rows: unknown[][]) => ({
  columns: columns
    .split(' ')
    .map((name) => ({ name: name.replace('#', ''), isNumeric: name.startsWith('#') })),
  rows,
});

test('rows become values with labels', () => {
  const cases: [ReturnType<typeof table>, string, Reading[]][] = [
    [table('#count', ['42']), '', [{ labels: {}, value: 42 }]],
    [table('text', ['1.5e3']), '', [{ labels: {}, value: 1500 }]],
    [table('isWell', [true]), '', [{ labels: {}, value: 1 }]],
    [
      table('tenant #n', ['a', 1], ['b', '-2.5']),
      '',
      [
        { labels: { tenant: 'a' }, value: 1 },
        { labels: { tenant: 'b' }, value: -2.5 },
      ],
    ],
    [table('#id #value', [7, 3]), '', [{ labels: { id: '7' }, value: 3 }]],
    [table('#id #n', [7, 3]), 'n', [{ labels: { id: '7' }, value: 3 }]],
    [
      table('a-b 1x #n', [null, new Date(0), 0]),
      '',
      [{ labels: { a_b: '', _1x: '1970-01-01T00:00:00.000Z' }, value: 0 }],
    ],
    [table('#n j', [1, { k: 2 }]), '', [{ labels: { j: '{"k":2}' }, value: 1 }]],
    [table('#n t'), '', []],
  ];
  for (const [given, column, expected] of cases) assert.deepEqual(readingsOf(given, column), expected);
});

test('what is no number, or not clear, is told', () => {
  const cases: [ReturnType<typeof table>, string, string, RegExp][] = [
    [table('#sum', [null]), '', 'assertion', /sum is NULL/],
    [table('#n', ['NaN']), '', 'assertion', /n is "NaN", not a number/],
    [table('#n', [Number.POSITIVE_INFINITY]), '', 'assertion', /Infinity/],
    [table('name', ['abc']), '', 'assertion', /name is "abc"/],
    [table('name', ['']), '', 'assertion', /not a number/],
    [table('at', [new Date(0)]), '', 'assertion', /1970/],
    [table('a b', ['x', 'y']), '', 'config', /none of the columns a, b/],
    [table('#a #b', [1, 2]), '', 'config', /several columns are numbers \(a, b\)/],
    [table('#a', [1]), 'z', 'config', /no column named z; it gives a/],
    [table('t #n', ['x', 1], ['x', 2]), '', 'config', /same labels {"t":"x"}/],
  ];
  for (const [given, column, reason, message] of cases) {
    assert.throws(
      () => readingsOf(given, column),
      (error) => error instanceof ProbeFailure && error.reason === reason && message.test(error.message),
      String(message),
    );
  }
});
