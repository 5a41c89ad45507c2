import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closest } from './closest.ts';

const KNOWN = ['VIGIE_PORT', 'VIGIE_HOST', 'VIGIE_PROJECT'];

const CASES: [string, string][] = [
  ['VIGIE_PROT', 'VIGIE_PORT'],
  ['VIGIE_POT', 'VIGIE_PORT'],
  ['VIGIE_PORTS', 'VIGIE_PORT'],
  ['VIGIE_HOTS', 'VIGIE_HOST'],
  ['VIGIE_PROJEKT', 'VIGIE_PROJECT'],
];

for (const [given, meant] of CASES) {
  test(`${given} is taken for ${meant}`, () =>
    assert.equal(closest(given, KNOWN), `; did you mean ${meant}?`));
}

test('what is near nothing gets no suggestion', () => assert.equal(closest('VIGIE_ELSEWHERE', KNOWN), ''));

test('a part of the names can be compared', () => {
  assert.equal(
    closest('port', ['listen.port'], (name) => name.slice(7)),
    '; did you mean listen.port?',
  );
});
