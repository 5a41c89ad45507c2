import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SnappyError, snappy, unsnappy } from './snappy.ts';

const MEGABYTE = 1_048_576;

function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

test('what is compressed comes back, whatever repeats in it', () => {
  const repeating = fc
    .tuple(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), fc.nat(400))
    .map(([a, b, times]) =>
      Uint8Array.from(Array.from({ length: times }, () => [...a, ...b.slice(0, 9)]).flat()),
    );
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 100_000 }), repeating), (input) => {
      assert.deepEqual(unsnappy(snappy(input), 2 * MEGABYTE), input);
    }),
    { numRuns: 200 },
  );
});

test('what repeats becomes shorter', () => {
  const input = utf8('http_requests_total{method="GET"} 1\n'.repeat(1_000));
  assert.ok(snappy(input).length < input.length / 15);
});

test('a block as the format describes it: a literal, and copies of all widths', () => {
  // abc, five from 3 back, two from 5 back, five from 1 back.
  const block = bytes(15, 8, 0x61, 0x62, 0x63, (1 << 2) | 1, 3, (1 << 2) | 2, 5, 0, (4 << 2) | 3, 1, 0, 0, 0);
  assert.equal(new TextDecoder().decode(unsnappy(block, 100)), 'abcabcababbbbbb');
});

const BAD: readonly (readonly [name: string, block: Uint8Array, reason: RegExp])[] = [
  ['nothing', bytes(), /corrupt/],
  ['a length without an end', bytes(0xff, 0xff, 0xff, 0xff, 0xff, 1), /corrupt/],
  ['more than is allowed', bytes(0x80, 0x80, 0x80, 0x80, 0x08), /too large: 2147483648 bytes/],
  ['a bomb that says more than it can hold', bytes(0xff, 0xff, 0x3f, 0), /corrupt/],
  ['a literal beyond the end', bytes(5, 16, 0x61), /corrupt/],
  ['a copy of what is not there', bytes(4, 1, 1), /corrupt/],
  ['a copy from nowhere', bytes(5, 0, 0x61, 1, 0), /corrupt/],
  ['less than it says', bytes(9, 0, 0x61), /corrupt/],
  ['more than it says', bytes(1, 4, 0x61, 0x62), /corrupt/],
  ['a copy cut off', bytes(6, 0, 0x61, 3, 1, 0), /corrupt/],
];

for (const [name, block, reason] of BAD)
  test(`refused: ${name}`, () => {
    assert.throws(
      () => unsnappy(block, MEGABYTE),
      (error) => error instanceof SnappyError && reason.test(error.message),
    );
  });
