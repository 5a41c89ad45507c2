import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../errors.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import type { Run } from './model.ts';
import { RunBacklog } from './run-backlog.ts';

function run(checkId: number, samples = 0): Run {
  const sample = { name: 'x', labels: {}, value: 1 };
  const measured = { phases: [], samples: Array(samples).fill(sample), details: {} };
  return { checkId, revision: 1, result: { at: 0, duration: 1, failure: null, ...measured } };
}

/** A backlog before a store that refuses as told. */
function backlogOf(refuse: (runs: Run[]) => Error | null, limits?: { runs: number; samples: number }) {
  const clock = new FakeClock(0);
  const stored: number[] = [];
  const errors: string[] = [];
  const backlog = new RunBacklog({
    clock,
    async report(runs) {
      const error = refuse(runs);
      if (error !== null) throw error;
      stored.push(...runs.map(({ checkId }) => checkId));
    },
    onError: (message) => errors.push(message),
    ...(limits === undefined ? {} : { limits }),
  });
  return { clock, stored, errors, backlog };
}

const isFull = () => new AppError('unavailable', 'disk full');

test('a store that refuses for a while gets every run once, in order', async () => {
  let refuses = true;
  const { clock, stored, backlog } = backlogOf(() => (refuses ? isFull() : null));
  backlog.take([run(1), run(2)]);
  await clock.advance(5_000);
  backlog.take([run(3)]);
  await clock.advance(5_000);
  assert.deepEqual(stored, []);
  refuses = false;
  await clock.advance(1_000);
  assert.deepEqual(stored, [1, 2, 3]);
  assert.equal(backlog.size, 0);
});

test('one run that can never be stored is let go, and keeps no other back', async () => {
  const isPoison = ({ checkId }: Run) => checkId === 3;
  const { clock, stored, errors, backlog } = backlogOf((runs) =>
    runs.some(isPoison) ? new AppError('internal', 'invalid byte sequence') : null,
  );
  backlog.take([1, 2, 3, 4, 5].map((id) => run(id)));
  await clock.advance(1);
  assert.deepEqual(stored, [1, 2, 4, 5]);
  assert.deepEqual(errors, ['a run of check 3 cannot be stored: invalid byte sequence']);
  assert.equal(backlog.size, 0);
});

test('what waits is bounded, in runs and in what they measured: the oldest are forgotten', async () => {
  let refuses = true;
  const { clock, stored, backlog } = backlogOf(() => (refuses ? isFull() : null), { runs: 4, samples: 10 });
  backlog.take([1, 2, 3, 4, 5, 6].map((id) => run(id)));
  await clock.advance(1);
  backlog.take([run(7, 6), run(8, 6)]);
  assert.ok(backlog.size <= 4);
  refuses = false;
  await clock.advance(2_000);
  assert.equal(stored.at(-1), 8);
  assert.ok(!stored.includes(7), 'together they measured too much');
  assert.equal(backlog.size, 0);
});
