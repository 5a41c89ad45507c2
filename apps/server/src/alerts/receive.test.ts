import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertPorts } from '../alert-path.ts';
import { inlineWriter } from '../store/inline-writer.ts';
import type { Tx } from '../store/tx.ts';
import { NOON, testStore } from '../testing/test-store.ts';
import { AlertIntake } from './intake.ts';
import type { PostedAlert } from './model.ts';
import { readPostedAlert } from './read-post.ts';
import { ActiveAlerts, type ReceiveOutcome, receiveAlerts } from './receive.ts';

function anAlert(name: string, own: Partial<PostedAlert> = {}): PostedAlert {
  return { ...readPostedAlert({ labels: { alertname: name } }, { projectId: 1, now: NOON }), ...own };
}

/** A store whose projects, 1 and 2, have room for `limit` alerts. */
async function smallStore(limit: number) {
  const test = await testStore();
  const project = { name: 'Shop', show_slugs: 0 as const, environments: '[]', created_at: NOON };
  for (const id of [1, 2]) {
    const keys = { code: `project ${id}`, ping_key: `ping ${id}`, badge_key: `badge ${id}` };
    await test.store.db
      .insertInto('projects')
      .values({ ...project, id, ...keys })
      .execute();
  }
  const active = new ActiveAlerts(limit);
  const writer = inlineWriter(test.store, {
    commands: {
      receive: { each: (tx: Tx, posts: PostedAlert[]) => receiveAlerts(tx, posts, active, alertPorts) },
    },
    clock: test.clock,
    newId: () => 'id',
    onEffects: () => undefined,
  });
  return { ...test, receive: (...posts: PostedAlert[]) => writer.run('receive', posts) };
}

test('what is new beyond the bound is refused; what fires is still updated and resolved', async () => {
  await using small = await smallStore(2);
  assert.deepEqual(await small.receive(anAlert('a'), anAlert('b'), anAlert('c')), [
    'raised',
    'raised',
    'refused',
  ]);
  assert.deepEqual(await small.receive(anAlert('d'), anAlert('a'), anAlert('b', { endsAt: NOON })), [
    'refused',
    'updated',
    'resolved',
  ]);
});

test('what waited while its project was removed is ignored', async () => {
  await using small = await smallStore(2);
  const posts = [anAlert('a', { projectId: 3 }), anAlert('b')];
  assert.deepEqual(await small.receive(...posts), ['ignored', 'raised']);
  const rows = await small.store.db.selectFrom('alerts').select('project_id').execute();
  assert.deepEqual(
    rows.map((row) => row.project_id),
    [1],
  );
});

test('the end of an alert makes room, a second later', async () => {
  await using small = await smallStore(1);
  await small.receive(anAlert('a'));
  await small.receive(anAlert('a', { endsAt: NOON }));
  assert.deepEqual(await small.receive(anAlert('b')), ['refused']);
  await small.clock.advance(1_000);
  assert.deepEqual(await small.receive(anAlert('b')), ['raised']);
});

test('each project has its own room', async () => {
  await using small = await smallStore(1);
  const outcomes = await small.receive(anAlert('a'), anAlert('a', { projectId: 2 }), anAlert('b'));
  assert.deepEqual(outcomes, ['raised', 'raised', 'refused']);
});

/** An intake whose store answers when the test says so. */
function slowIntake(options: { batch: number; mostWaiting: number }) {
  const batches: string[][] = [];
  const answers: (() => void)[] = [];
  const intake = new AlertIntake({
    ...options,
    receive(posts) {
      batches.push(posts.map(({ labels }) => labels['alertname'] ?? ''));
      return new Promise<ReceiveOutcome[]>((resolve) => {
        answers.push(() => resolve(posts.map(() => 'raised')));
      });
    },
  });
  const answer = async (): Promise<void> => {
    answers.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { intake, batches, answer };
}

test('requests share commands of a bounded size, one after another', async () => {
  const { intake, batches, answer } = slowIntake({ batch: 2, mostWaiting: 100 });
  const first = intake.take([anAlert('a'), anAlert('b'), anAlert('c')], 1);
  const second = intake.take([anAlert('d')], 1);
  assert.deepEqual(batches, [['a', 'b']]);
  await answer();
  assert.deepEqual(batches, [
    ['a', 'b'],
    ['c', 'd'],
  ]);
  await answer();
  assert.deepEqual([await first, await second], [['raised', 'raised', 'raised'], ['raised']]);
});

test('when too much waits, senders are told to come again', async () => {
  const { intake, answer } = slowIntake({ batch: 2, mostWaiting: 100 });
  const first = intake.take([anAlert('a')], 100);
  await assert.rejects(intake.take([anAlert('b')], 1), { code: 'unavailable' });
  await answer();
  await first;
  const third = intake.take([anAlert('c')], 1);
  await answer();
  assert.deepEqual(await third, ['raised']);
});

test('a failure is told to those whose alerts it concerns, and the next ones go on', async () => {
  let calls = 0;
  const intake = new AlertIntake({
    async receive() {
      calls += 1;
      if (calls === 1) throw new Error('no disk');
      return ['raised'];
    },
  });
  await assert.rejects(intake.take([anAlert('a')], 1), /no disk/);
  assert.deepEqual(await intake.take([anAlert('b')], 1), ['raised']);
});
