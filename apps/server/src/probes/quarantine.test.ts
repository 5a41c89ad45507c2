import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Quarantine } from './quarantine.ts';
import { UnderWay } from './under-way.ts';

const MINUTE = 60_000;
const probe = (checkId: number, revision = 1) => ({ checkId, revision });
const ids = (held: readonly { checkId: number }[]) => held.map(({ checkId }) => checkId);

test('of many that were under way, the one that is left after others ended is held', () => {
  const quarantine = new Quarantine();
  const all = [probe(1), probe(2), probe(3)];
  assert.deepEqual(quarantine.died(all, 'exit', 0), []);
  quarantine.clear(2);
  quarantine.clear(3);
  assert.deepEqual(quarantine.died(all, 'exit', 0), [], 'those that are no suspects are left alone');
  assert.deepEqual(
    [2, 3].map((id) => quarantine.isSuspect(probe(id))),
    [false, false],
  );
  const [held] = quarantine.died(all, 'exit code 3', 0);
  assert.deepEqual([held?.checkId, held?.pause], [1, 5 * MINUTE]);
  assert.equal(held?.message, 'the probe crashed its thread 3 times in a row (exit code 3)');
});

test('one that is held is tried ever more rarely, and is held at once when it does it again', () => {
  const quarantine = new Quarantine();
  const pauses: number[] = [];
  for (let now = 0, deaths = 1; deaths <= 9; deaths++) {
    const [held] = quarantine.died([probe(1)], 'exit', now);
    const pause = held?.pause ?? 0;
    pauses.push(pause / MINUTE);
    if (pause > 0) assert.notEqual(quarantine.holds(probe(1), now + pause - 1), null);
    now += pause;
    assert.equal(quarantine.holds(probe(1), now), null, 'it may be tried');
    assert.equal(quarantine.isSuspect(probe(1)), true);
  }
  assert.deepEqual(pauses, [0, 0, 5, 10, 20, 40, 60, 60, 60]);
});

test('a run that ends, and a change of the probe, begin anew', () => {
  const quarantine = new Quarantine();
  const thrice = (revision: number) => [1, 2, 3].map(() => quarantine.died([probe(1, revision)], 'exit', 0));
  assert.deepEqual(thrice(1).map(ids), [[], [], [1]]);
  assert.equal(quarantine.holds(probe(1, 2), 0), null);
  assert.deepEqual(thrice(2).map(ids), [[], [], [1]]);
  quarantine.clear(1);
  assert.deepEqual([quarantine.holds(probe(1, 2), 0), quarantine.isSuspect(probe(1, 2))], [null, false]);
});

test('what is under way is seen through the memory alone, and its places are used again', () => {
  const memory = UnderWay.memory();
  const [noting, reading] = [new UnderWay(memory), new UnderWay(memory)];
  const ends = Array.from({ length: 2_000 }, (_, i) => noting.note(i + 1));
  assert.equal(reading.checkIds().length, 1_024, 'what is beyond its size is left out');
  for (const end of ends) end();
  assert.deepEqual(reading.checkIds(), []);
  const end = noting.note(7);
  noting.note(8);
  assert.deepEqual(reading.checkIds().sort(), [7, 8]);
  end();
  assert.deepEqual(reading.checkIds(), [8]);
});
