import assert from 'node:assert/strict';
import { test } from 'node:test';
import { histogramText } from './outcome.ts';
import { readSequence, type SequenceItem } from './sequence.ts';

const READ: readonly [text: string, items: string][] = [
  ['1 2.5 -3 1e3 0x1F', '1 2.5 -3 1000 31'],
  ['NaN Inf -Inf +Inf', 'NaN Infinity -Infinity Infinity'],
  ['1+2x3', '1 3 5 7'],
  ['10-5x2 7', '10 5 0 7'],
  ['1+-2x1', '1 -1'],
  ['1e-1+1e-1x1', '0.1 0.2'],
  ['5x2', '5 5 5'],
  ['Infx1', 'Infinity Infinity'],
  ['_ _x3 1', '- - - - 1'],
  ['1\tstale  2', '1 stale 2'],
  ['', ''],
  [
    '{{schema:1 sum:-2 count:3 offset:-1 buckets:[1 0 2]}}',
    '{{schema:1 count:3 sum:-2 offset:-1 buckets:[1 0 2]}}',
  ],
  [
    '{{z_bucket:1 z_bucket_w:0.1 n_buckets:[1]}}x1',
    '{{schema:0 count:0 sum:0 z_bucket:1 z_bucket_w:0.1 n_offset:0 n_buckets:[1]}} '.repeat(2).trim(),
  ],
  [
    '{{sum:1 count:1 buckets:[1]}}+{{sum:2 count:3 offset:1 buckets:[3]}}x1',
    '{{schema:0 count:1 sum:1 offset:0 buckets:[1]}} {{schema:0 count:4 sum:3 offset:0 buckets:[1 3]}}',
  ],
  ['{{counter_reset_hint:gauge}}', '{{schema:0 count:0 sum:0 counter_reset_hint:gauge}}'],
];

for (const [text, items] of READ)
  test(`values of a series: ${text || 'none'}`, () => {
    assert.equal(readSequence(text).map(itemText).join(' '), items);
  });

function itemText(item: SequenceItem): string {
  if (item.kind === 'float') return String(item.value);
  if (item.kind === 'histogram') return histogramText(item.histogram);
  return item.kind === 'gap' ? '-' : item.kind;
}

const REFUSED = [
  '1 a',
  '1+x2',
  '1x',
  '1 2x-1',
  '__',
  '{{nonsense:1}}',
  '{{sum:1 sum:2}}',
  '{{buckets:1}}',
  '1x99999999',
];

for (const text of REFUSED)
  test(`no values of a series: ${text}`, () => {
    assert.throws(() => readSequence(text), RangeError);
  });
