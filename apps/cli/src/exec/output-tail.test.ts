import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutputTail } from './output-tail.ts';

/** Parts of some output, the bytes that are kept and asked for, and what is left. */
const CASES: [string, string[], number, number, string][] = [
  ['nothing', [], 4, 4, ''],
  ['all of what is short', ['ab', 'c'], 4, 4, 'abc'],
  ['exactly what is kept', ['ab', 'cd'], 4, 4, 'abcd'],
  ['the end of what is long', ['abc', 'def'], 4, 4, 'cdef'],
  ['the end of one long part', ['abcdefghij'], 4, 4, 'ghij'],
  ['the end after many rounds', ['abc', 'defghijk', 'l', 'mn'], 4, 4, 'klmn'],
  ['less than is kept', ['abc', 'def'], 4, 2, 'ef'],
  ['nothing of it', ['abc'], 4, -1, ''],
  ['whole characters', ['xé', 'ü'], 4, 3, 'ü'],
  ['whole characters of what was kept', ['a', '€uro'], 5, 5, 'uro'],
  ['whole characters across the seam', ['abc', 'dé'], 4, 4, 'cdé'],
];

for (const [what, parts, kept, asked, end] of CASES) {
  test(`the tail is ${what}`, () => {
    const tail = new OutputTail(kept);
    for (const part of parts) tail.add(Buffer.from(part));
    assert.equal(tail.end(asked).toString('utf8'), end);
  });
}
