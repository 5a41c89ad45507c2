import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NOTHING, reachTo, toggle } from './selection.ts';

const LIST = ['a', 'b', 'c', 'd', 'e'];

function chosen({ ids }: { ids: ReadonlySet<string> }): string {
  return [...ids].sort().join('');
}

describe('the selection', () => {
  it('turns checks over one by one', () => {
    const both = toggle(toggle(NOTHING, 'a'), 'c');
    assert.equal(chosen(both), 'ac');
    assert.equal(chosen(toggle(both, 'a')), 'c');
    assert.equal(chosen(NOTHING), '');
  });

  it('reaches from the last one, either way', () => {
    assert.equal(chosen(reachTo(toggle(NOTHING, 'b'), 'd', LIST)), 'bcd');
    assert.equal(chosen(reachTo(toggle(NOTHING, 'd'), 'b', LIST)), 'bcd');
  });

  it('takes away a range from one that was taken away', () => {
    const all = reachTo(toggle(NOTHING, 'a'), 'e', LIST);
    assert.equal(chosen(reachTo(toggle(all, 'b'), 'd', LIST)), 'ae');
  });

  it('turns one over where nothing can be reached from', () => {
    assert.equal(chosen(reachTo(NOTHING, 'c', LIST)), 'c');
    assert.equal(chosen(reachTo(toggle(NOTHING, 'gone'), 'c', LIST)), 'cgone');
  });
});
