import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideRetry } from './retry.ts';

const NOW = Date.UTC(2026, 6, 15, 12, 0, 0);
const HOUR = 3_600_000;
const down = { message: 'HTTP 503', retryable: true, retryAfter: null };
const once = { tries: 1, age: 0, once: false };

/** The pause that is decided, or the error. */
function pause(
  failure: Partial<typeof down> | { retryAfter: number },
  record = {},
  random = 1,
): number | string {
  const verdict = decideRetry({ ...down, ...failure }, { ...once, ...record }, NOW, () => random);
  return verdict.again === null ? verdict.error : verdict.again - NOW;
}

test('pauses grow twofold from a second to a minute, of which chance takes a part', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8, 40, 5000].map((tries) => pause({}, { tries }));
  assert.deepEqual(longest, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
  assert.equal(pause({}, { tries: 4 }, 0.25), 2000);
  assert.equal(pause({}, { tries: 4 }, 0), 0);
});

test('a Retry-After is waited for, an hour at most, and a bit of chance added', () => {
  assert.equal(pause({ retryAfter: 30_000 }, {}, 0), 30_000);
  assert.equal(pause({ retryAfter: 30_000 }, {}, 0.5), 30_500);
  assert.equal(pause({ retryAfter: 0 }, {}, 0), 0);
  assert.equal(pause({ retryAfter: 24 * HOUR }, {}, 0), HOUR);
});

test('what cannot get through is not tried again', () => {
  assert.equal(pause({ retryable: false, message: 'HTTP 404' }), 'HTTP 404');
  assert.equal(pause({}, { once: true }), 'HTTP 503');
});

test('after a day, or far too many tries, a message is given up', () => {
  assert.equal(typeof pause({}, { age: 24 * HOUR - 1 }), 'number');
  const given = 'given up after 2900 tries in 24 h, the last: HTTP 503';
  assert.equal(pause({}, { age: 24 * HOUR, tries: 2900 }), given);
  assert.match(String(pause({}, { tries: 5760 })), /^given up after 5760 tries/);
});
