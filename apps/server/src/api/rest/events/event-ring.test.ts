import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ChangeEffect, EventRing } from './event-ring.ts';

function change(id: string): ChangeEffect {
  return { type: 'changed', noun: 'check', project: 1, ids: [id] };
}

describe('the ring of events', () => {
  it('gives what came after an id', () => {
    const ring = new EventRing(1000, 'a');
    const ids = ['one', 'two', 'three'].map((name) => ring.idOf(ring.add(change(name)).n));
    assert.deepEqual(ids, ['1001.a', '1002.a', '1003.a']);
    assert.deepEqual(
      ring.after('1001.a')?.flatMap((one) => one.ids),
      ['two', 'three'],
    );
    assert.deepEqual(ring.after('1000.a')?.length, 3);
    assert.deepEqual(ring.after('1003.a'), []);
  });

  for (const id of ['1001.b', '1001', '999.a', '1002.a', 'x.a', '', '1e400.a', '-1.a']) {
    it(`cannot tell what came after ${JSON.stringify(id)}`, () => {
      const ring = new EventRing(1000, 'a');
      ring.add(change('one'));
      assert.equal(ring.after(id), null);
    });
  }

  it('forgets the oldest beyond its size, and knows it', () => {
    const ring = new EventRing(0, 'a');
    for (let i = 1; i <= 20_005; i++) ring.add(change(String(i)));
    assert.equal(ring.after('4.a'), null);
    assert.equal(ring.after('5.a')?.length, 20_000);
  });

  it('is bounded by ids, not by changes', () => {
    const ring = new EventRing(0, 'a');
    ring.add(change('one'));
    ring.add({ type: 'changed', noun: 'check', project: 1, ids: Array<string>(20_000).fill('x') });
    assert.equal(ring.after('0.a'), null);
    assert.equal(ring.after('1.a')?.length, 1);
  });
});
