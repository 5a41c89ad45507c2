import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FUNCTIONS } from '../functions/table.ts';
import { parse } from '../syntax/parse.ts';
import { tiedToTime } from './tied-to-time.ts';

const TIED: readonly [text: string, tied: string | undefined][] = [
  ['a + on (b) c', 'a @ 60.000 + on (b) c @ 60.000'],
  ['sum by (x) (rate(a[5m] offset 1m))', 'sum by (x) (rate(a[5m] @ 60.000 offset 1m))'],
  ['a @ 5', 'a @ 5.000'],
  ['-max_over_time(a[5m:1m])', '-max_over_time(a[5m:1m] @ 60.000)'],
  ['quantile(0.5, (a))', 'quantile(0.5, (a @ 60.000))'],
  ['a > time()', undefined],
  ['timestamp(a)', undefined],
];

for (const [text, tied] of TIED)
  test(`tied to one time: ${text}`, () => {
    assert.equal(tiedToTime(parse(text, { functions: FUNCTIONS }), 60_000), tied);
  });
