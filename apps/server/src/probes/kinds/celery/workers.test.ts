import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inspection, type InspectMethod } from './mailbox.ts';
import { type Worker, workersOf } from './workers.ts';

function answered(answers: Partial<Record<InspectMethod, unknown>>): Worker | undefined {
  const inspection = new Inspection();
  for (const [method, ticket] of inspection.tickets) {
    const value = method === 'ping' ? { ok: 'pong' } : answers[method];
    if (value !== undefined) inspection.take({ ticket, node: 'w@h', value });
  }
  return workersOf(inspection)[0];
}

const NOTHING = {
  node: 'w@h',
  active: null,
  queues: [],
  uptime: Number.NaN,
  concurrency: Number.NaN,
  maxRss: Number.NaN,
  done: [],
};

test('what a worker says is read, the arguments of its tasks are not', () => {
  const worker = answered({
    stats: {
      uptime: 7,
      total: { 'app.sum': 3 },
      pool: { 'max-concurrency': 2, processes: [1, 2] },
      rusage: { maxrss: 100 },
    },
    active: [
      { name: 'app.sum', args: ['user data'], kwargs: { iban: 1 }, time_start: 12.5 },
      { name: 'app.wait', time_start: null },
    ],
    active_queues: [{ name: 'celery', exchange: {} }, { name: 'sso' }],
  });
  assert.deepEqual(worker, {
    node: 'w@h',
    active: [
      { name: 'app.sum', startedAt: 12.5 },
      { name: 'app.wait', startedAt: null },
    ],
    queues: ['celery', 'sso'],
    uptime: 7,
    concurrency: 2,
    maxRss: 102_400,
    done: [['app.sum', 3]],
  });
});

test('answers of another shape leave out what they do not say', () => {
  assert.deepEqual(answered({}), NOTHING);
  assert.deepEqual(
    answered({ stats: { error: "KeyError('x')" }, active: { error: 'no' }, active_queues: null }),
    NOTHING,
  );
  assert.deepEqual(answered({ stats: { uptime: 'long', total: [], rusage: 'N/A', pool: 1 } }), NOTHING);
  assert.deepEqual(answered({ active: [1, null, {}] })?.active, [
    { name: '', startedAt: null },
    { name: '', startedAt: null },
    { name: '', startedAt: null },
  ]);
  const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`t${index}`, index]));
  assert.equal(answered({ stats: { total: many } })?.done.length, 500);
});
