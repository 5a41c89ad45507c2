import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isFiltered, readSearch, toggled } from './search.ts';

describe('the address of the list of checks', () => {
  const cases: [string, Record<string, unknown>, object][] = [
    ['is empty when it says nothing', {}, {}],
    ['keeps a text as it is', { q: ' two words ' }, { q: ' two words ' }],
    ['reads a number as a text', { q: 2024, tag: 7 }, { q: '2024', tag: '7' }],
    ['takes several words', { tag: 'prod  eu prod' }, { tag: 'prod eu' }],
    ['takes lists', { status: ['down', 'grace'] }, { status: 'down grace' }],
    [
      'puts statuses into one order and leaves out what is none',
      { status: 'up broken down' },
      { status: 'down up' },
    ],
    ['leaves out the usual order', { sort: 'status' }, {}],
    ['leaves out an order that is none', { sort: 'size' }, {}],
    ['keeps another order', { sort: '-last_ping' }, { sort: '-last_ping' }],
    ['is no place for other things', { q: { a: 1 }, evil: 'x' }, {}],
  ];
  for (const [name, given, expected] of cases) {
    it(name, () => assert.deepEqual(readSearch(given), expected));
  }

  it('gains and loses words', () => {
    assert.deepEqual(toggled({ tag: 'a' }, 'tag', 'b'), { tag: 'a b' });
    assert.deepEqual(toggled({ tag: 'a b', q: 'x' }, 'tag', 'a'), { tag: 'b', q: 'x' });
    assert.deepEqual(toggled({ status: 'down' }, 'status', 'down'), {});
  });

  it('is filtered by anything but an order', () => {
    assert.equal(isFiltered({ sort: 'name' }), false);
    assert.equal(isFiltered({ sort: 'name', q: 'x' }), true);
  });
});
