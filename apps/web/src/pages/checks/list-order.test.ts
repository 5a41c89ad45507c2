import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isMoved, type Sortable, standsBefore } from './list-order.ts';

function check(looks: Partial<Sortable>): Sortable {
  return {
    status: 'up',
    started: false,
    name: 'a',
    last_ping: null,
    created_at: '2026-01-01T00:00:00.000Z',
    ...looks,
  };
}

describe('the order of the list', () => {
  it('is left by what no longer belongs where it stands', () => {
    assert.equal(isMoved(check({}), check({ status: 'down' }), 'status'), true);
    assert.equal(isMoved(check({}), check({ status: 'down' }), 'name'), false);
    assert.equal(isMoved(check({}), check({ last_ping: '2026-01-02T00:00:00.000Z' }), 'status'), false);
    assert.equal(isMoved(check({}), check({ last_ping: '2026-01-02T00:00:00.000Z' }), '-last_ping'), true);
    assert.equal(isMoved(check({}), check({ started: true }), 'status'), true);
    assert.equal(
      isMoved(check({ status: 'down' }), check({ status: 'down', started: true }), 'status'),
      false,
    );
  });

  it('puts what hurts first', () => {
    const order = [
      check({ status: 'down' }),
      check({ status: 'grace' }),
      check({ started: true }),
      check({ status: 'up' }),
      check({ status: 'new' }),
      check({ status: 'paused' }),
    ];
    for (const [at, one] of order.entries()) {
      for (const [other, theirs] of order.entries()) {
        assert.equal(standsBefore(one, theirs, 'status'), at < other);
      }
    }
  });

  it('can be turned round', () => {
    const [a, b] = [check({ name: 'a' }), check({ name: 'b' })];
    assert.deepEqual([standsBefore(a, b, 'name'), standsBefore(a, b, '-name')], [true, false]);
    assert.equal(standsBefore(check({ last_ping: null }), check({ last_ping: '2026' }), 'last_ping'), true);
  });
});
