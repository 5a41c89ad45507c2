import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration, timeZone } from './time-types.ts';
import { parseValue } from './value-types.ts';

const DURATIONS: [string, number | undefined][] = [
  ['30s', 30_000],
  ['5m', 300_000],
  ['12h', 43_200_000],
  ['93d', 8_035_200_000],
  ['2w', 1_209_600_000],
  ['100y', 3_153_600_000_000],
  ['101y', undefined],
  ['0s', undefined],
  ['1.5h', undefined],
  ['-1d', undefined],
  ['90', undefined],
  ['d', undefined],
];

for (const [given, means] of DURATIONS) {
  test(`the duration ${given} is ${means === undefined ? 'refused' : `${means} ms`}`, () => {
    const parsed = parseValue(duration, given);
    assert.equal(parsed.ok ? parsed.value : undefined, means);
  });
}

const ZONES: [string, boolean][] = [
  ['UTC', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Etc/GMT+5', true],
  ['Europe/Atlantis', false],
  ['+02:00', false],
  ['', false],
];

for (const [given, known] of ZONES) {
  test(`the time zone "${given}" is ${known ? 'known' : 'refused'}`, () => {
    assert.equal(parseValue(timeZone, given).ok, known);
  });
}

test('a mistyped time zone is told with the one that was meant', () => {
  const parsed = parseValue(timeZone, 'Europe/Pari');
  const reason = 'must be an IANA time zone such as Europe/Paris; did you mean Europe/Paris?';
  assert.deepEqual(parsed, { ok: false, reason });
});
