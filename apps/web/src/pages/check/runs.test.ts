import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ping } from '@vigie/contract';
import { barHeights, endedRuns, RUNS_SHOWN } from './runs.ts';

function ping(n: number, type: Ping['type'], duration: number | null = null): Ping {
  return {
    n,
    at: '2026-11-21T12:00:00.000Z',
    type,
    scheme: 'http',
    remote_addr: '',
    method: 'GET',
    user_agent: '',
    rid: null,
    exitstatus: type === 'fail' ? 2 : null,
    duration,
    size: 0,
  };
}

test('runs are what ended, oldest first', () => {
  const pings = [ping(5, 'fail', 8), ping(4, 'start'), ping(3, 'log'), ping(2, 'ign'), ping(1, 'success')];
  assert.deepEqual(
    endedRuns(pings).map(({ n, failed, exitstatus }) => [n, failed, exitstatus]),
    [
      [1, false, null],
      [5, true, 2],
    ],
  );
});

test('the latest hundred are shown', () => {
  const pings = Array.from({ length: RUNS_SHOWN + 20 }, (_, index) => ping(500 - index, 'success'));
  const runs = endedRuns(pings);
  assert.equal(runs.length, RUNS_SHOWN);
  assert.equal(runs.at(-1)?.n, 500);
});

test('bars are as high as the runs took, and can be seen', () => {
  const runs = endedRuns([
    ping(4, 'success', 0.001),
    ping(3, 'success', 5),
    ping(2, 'success', 10),
    ping(1, 'success'),
  ]);
  assert.deepEqual(barHeights(runs), [0.4, 1, 0.5, 0.12]);
});
