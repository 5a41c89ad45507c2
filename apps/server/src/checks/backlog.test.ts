import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../testing/fake-clock.ts';
import { Backlog } from './backlog.ts';

const T = Date.UTC(2026, 6, 15, 12, 0, 0);

function aBacklog() {
  const clock = new FakeClock(T);
  const backlog = new Backlog(clock);
  const leave = (batches: number): void => {
    for (let i = 0; i < batches; i++) backlog.note(true);
  };
  return { clock, backlog, leave };
}

test('a few batches in a row are no backlog', () => {
  const { backlog, leave } = aBacklog();
  leave(4);
  assert.equal(backlog.goesFirst, false);
  backlog.note(false);
  leave(4);
  assert.equal(backlog.goesFirst, false, 'they are counted anew once nothing is left');
  leave(1);
  assert.equal(backlog.goesFirst, true);
});

test('a backlog goes first until it is done, and for ten seconds at most', async () => {
  const { clock, backlog, leave } = aBacklog();
  leave(5);
  await clock.advance(9_000);
  leave(1);
  assert.equal(backlog.goesFirst, true, 'deadlines are left');
  await clock.advance(1_000);
  assert.equal(backlog.goesFirst, false, 'a later batch does not make it last longer');
  backlog.note(false);
  leave(5);
  assert.equal(backlog.goesFirst, true, 'the next backlog has its own ten seconds');
  backlog.note(false);
  assert.equal(backlog.goesFirst, false, 'nothing is left');
});

test('a step of the wall clock neither ends its time nor makes it last', async () => {
  const { clock, backlog, leave } = aBacklog();
  leave(5);
  clock.step(3_600_000);
  assert.equal(backlog.goesFirst, true);
  clock.step(-7_200_000);
  await clock.advance(10_000);
  assert.equal(backlog.goesFirst, false);
});
