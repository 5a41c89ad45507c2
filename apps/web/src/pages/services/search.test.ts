import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSearch, toggled } from './search.ts';

const cases: [string, Record<string, unknown>, object][] = [
  ['nothing', {}, {}],
  [
    'what is known',
    { q: 'db', state: 'unhealthy', kind: 'tcp http', graph: 'open' },
    { q: 'db', state: 'unhealthy', kind: 'tcp http', graph: 'open' },
  ],
  ['a number as text', { q: 80 }, { q: '80' }],
  ['no state that there is not', { state: 'broken paused unhealthy' }, { state: 'unhealthy paused' }],
  ['a kind once', { kind: 'tcp tcp' }, { kind: 'tcp' }],
  ['nothing unknown', { graph: 'x', page: 7 }, {}],
];
for (const [name, given, known] of cases) {
  test(`an address says ${name}`, () => assert.deepEqual(readSearch(given), known));
}

test('a word is put into an address and taken away', () => {
  const one = toggled({ q: 'a' }, 'state', 'paused');
  assert.deepEqual(one, { q: 'a', state: 'paused' });
  assert.deepEqual(toggled(one, 'state', 'paused'), { q: 'a' });
});
