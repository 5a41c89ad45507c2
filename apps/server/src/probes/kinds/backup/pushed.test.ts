import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../../testing/fake-clock.ts';
import type { PushedValue } from '../../kind.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { backup } from './probe.ts';

const HOUR = 3_600;
const NOW = 1_800_000_000;

type Pushes = Record<string, PushedValue[]>;

function series(value: number, labels: Record<string, string> = { job: 'backup' }): PushedValue {
  return { labels, value };
}

/** One run now, or `later` seconds. */
function look(pushes: Pushes, more: object = {}, memory = new Map<string, unknown>(), later = 0) {
  const pushed = { last_success: 'last', size: 'size', status: 'status', ...more };
  return probing(
    backup,
    { pushed, max_age_hours: 1, min_bytes: 100 },
    { clock: new FakeClock((NOW + later) * 1000), memory, pushed: async (metric) => pushes[metric] ?? [] },
  );
}

const WELL: Pushes = { last: [series(NOW - 60)], size: [series(5_000)], status: [series(1)] };

test('a backup whose job pushed its time, size and outcome', async () => {
  const result = await look(WELL);
  assertWell(result);
  assert.equal(valuesOf(result)['backup_age_seconds{job="backup"}'], 60);
  assert.equal(valuesOf(result)['backup_size_bytes{job="backup"}'], 5_000);
  assertWell(await look({ last: [series(NOW - 60)] }, { size: '', status: '' }));
});

const FAULTS: readonly (readonly [name: string, pushes: Pushes, reason: string, message: RegExp])[] = [
  ['nothing was pushed', {}, 'not_found', /no job pushed last/],
  [
    'too old',
    { ...WELL, last: [series(NOW - 2 * HOUR)] },
    'unhealthy',
    /last\{job="backup"\}, is 2\.0 h old/,
  ],
  [
    'one of two too old',
    {
      ...WELL,
      last: [series(NOW), series(NOW - 2 * HOUR, { job: 'b' })],
      size: [series(500), series(500, { job: 'b' })],
    },
    'unhealthy',
    /job="b"/,
  ],
  ['too small', { ...WELL, size: [series(99)] }, 'unhealthy', /99 bytes, less than 100/],
  ['no size', { ...WELL, size: [] }, 'unhealthy', /no job pushed size\{job="backup"\}/],
  [
    'a size of another series',
    { ...WELL, size: [series(500, { job: 'b' })] },
    'unhealthy',
    /no job pushed size/,
  ],
  ['a size that is none', { ...WELL, size: [series(Number.NaN)] }, 'unhealthy', /is NaN/],
  ['a run that failed', { ...WELL, status: [series(0)] }, 'unhealthy', /status\{job="backup"\} is 0, not 1/],
  ['no outcome', { ...WELL, status: [] }, 'unhealthy', /no job pushed status/],
  ['milliseconds', { ...WELL, last: [series(NOW * 1000)] }, 'unhealthy', /no past time in seconds/],
  ['never', { ...WELL, last: [series(0)] }, 'unhealthy', /no past time in seconds/],
  ['no number', { ...WELL, last: [series(Number.NaN)] }, 'unhealthy', /NaN, which is no past time/],
];

for (const [name, pushes, reason, message] of FAULTS)
  test(`a fault: ${name}`, async () => {
    assertFailed(await look(pushes), reason, message);
  });

test('only series with the labels that are asked for count', async () => {
  const pushes = { ...WELL, last: [series(NOW), series(NOW - 9 * HOUR, { job: 'other' })] };
  assertWell(await look(pushes, { labels: { job: 'backup' } }));
  assertFailed(await look(pushes, { labels: { job: 'third' } }), 'not_found', /last\{job="third"\}/);
});

test('a size is compared with that of the success before, not with itself', async () => {
  const memory = new Map<string, unknown>();
  const pushed = (at: number, size: number): Pushes => ({
    ...WELL,
    last: [series(NOW + at)],
    size: [series(size)],
  });
  assertWell(await look(pushed(0, 1_000), {}, memory));
  assertWell(await look(pushed(0, 1_000), {}, memory, 10));
  assertFailed(await look(pushed(20, 400), {}, memory, 30), 'unhealthy', /40 % of the size/);
  assertFailed(await look(pushed(20, 400), {}, memory, 40), 'unhealthy', /40 % of the size/);
  assertWell(await look(pushed(50, 390), {}, memory, 60));
});

test('one source, and no other', () => {
  const pushed = { last_success: 'last' };
  assert.doesNotThrow(() => backup.open({ pushed }));
  for (const settings of [
    {},
    { pushed, files: '/backups/*' },
    { pushed: { last_success: '9' } },
    { pushed: {} },
  ])
    assert.throws(() => backup.open(settings), JSON.stringify(settings));
});
