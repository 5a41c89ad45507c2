import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { fingerprint } from './fingerprint.ts';
import type { Labels } from './model.ts';

const PRIME = 0x100000001b3n;

/** FNV-1a as it is defined, with integers of any size. */
function reference(labels: Labels): string {
  const parts = Object.entries(labels)
    .map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const)
    .sort(([one], [other]) => Buffer.compare(one, other));
  let hash = 0xcbf29ce484222325n;
  for (const part of parts.flat()) {
    for (const byte of [...part, 0xff]) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  }
  return hash.toString(16).padStart(16, '0');
}

test('the empty set is the offset basis', () => {
  assert.equal(fingerprint({}), 'cbf29ce484222325');
});

test('a real Alertmanager says the same', () => {
  const file = new URL('../../../../conformance/alertmanager/fingerprints.json', import.meta.url);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as { labels: Labels; fingerprint: string }[];
  assert.ok(cases.length >= 50);
  for (const { labels, fingerprint: expected } of cases) {
    assert.equal(fingerprint(labels), expected, JSON.stringify(labels));
  }
});

test('any label set has the fingerprint that the definition gives', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 }).map((one) => one.toWellFormed());
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 10 }), (pairs) => {
      const labels = Object.fromEntries(pairs);
      assert.equal(fingerprint(labels), reference(labels));
    }),
    { numRuns: 500 },
  );
});

test('values longer than the scratch space are hashed whole', () => {
  for (const length of [1365, 1366, 4096, 100_000]) {
    const labels = { long: 'é'.repeat(length), z: '1' };
    assert.equal(fingerprint(labels), reference(labels), String(length));
  }
});

test('names are in the order of their bytes: U+FFFF comes before what is beyond it', () => {
  const labels = { '\u{1f6a8}': 'a', '\uffff': 'b', '\u{1f6a8}b': 'c' };
  assert.equal(fingerprint(labels), reference(labels));
});
