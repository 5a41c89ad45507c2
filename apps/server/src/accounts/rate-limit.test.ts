import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RateLimit, RateLimited } from './rate-limit.ts';

const HOUR = 3_600_000;

function seconds(action: () => void): number {
  try {
    action();
    return 0;
  } catch (error) {
    assert.ok(error instanceof RateLimited);
    return error.retryAfter;
  }
}

describe('a rate limit', () => {
  it('lets through as many as it says, then says how long to wait', () => {
    const limit = new RateLimit({ limit: 2, window: HOUR, capacity: 10 });
    assert.equal(
      seconds(() => limit.take('a', 0)),
      0,
    );
    assert.equal(
      seconds(() => limit.take('a', 1000)),
      0,
    );
    assert.equal(
      seconds(() => limit.take('a', 1000)),
      3599,
    );
    assert.equal(
      seconds(() => limit.take('b', 1000)),
      0,
    );
    assert.equal(
      seconds(() => limit.take('a', HOUR - 1)),
      1,
    );
    assert.equal(
      seconds(() => limit.take('a', HOUR)),
      0,
    );
  });

  it('remembers a bounded number of keys, and forgets the oldest first', () => {
    const limit = new RateLimit({ limit: 1, window: HOUR, capacity: 3 });
    for (const key of ['a', 'b', 'c', 'd']) limit.take(key, 0);
    assert.equal(
      seconds(() => limit.take('b', 0)),
      3600,
    );
    assert.equal(
      seconds(() => limit.take('d', 0)),
      3600,
    );
    assert.equal(
      seconds(() => limit.take('a', 0)),
      0,
    );
  });
});
