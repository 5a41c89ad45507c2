import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../errors.ts';
import type { Outcome } from './deliver.ts';
import { Dispatcher, type DispatcherOptions } from './dispatcher.ts';
import type { QueuedDelivery } from './load.ts';
import { nextDeliveries } from './load.ts';
import { notifyStore } from './testing/notify-store.ts';

const SENT: Outcome = { state: 'sent', answer: 'ok' };
const BUSY: Outcome = {
  state: 'failed',
  message: 'HTTP 503',
  retryable: true,
  retryAfter: null,
  permanent: false,
};

type Send = (delivery: QueuedDelivery, signal: AbortSignal) => Promise<Outcome>;

interface Behaviour {
  /** Where a delivery goes. */
  host?: (delivery: QueuedDelivery) => string;
  /** Called before the store is asked for anything; may throw, or wait. */
  before?: (what: 'claim' | 'load' | 'settle') => Promise<void>;
  /** Called when a claim is written; may throw, as when the answer of the store is lost. */
  claimed?: () => Promise<void>;
  /** Whether other work goes first. */
  givesWay?: () => boolean;
}

/** A dispatcher on a real store whose sends are a closure. */
async function setUp(send: Send, behaviour: Behaviour = {}) {
  const { host = () => 'host', before = async () => undefined, givesWay = () => false } = behaviour;
  const { claimed = async () => undefined } = behaviour;
  const errors: string[] = [];
  const sent: string[] = [];
  let wake = (_at: number): void => undefined;
  const t = await notifyStore((effects) => {
    for (const effect of effects) if (effect.type === 'work') wake(effect.at);
  });
  const dispatcher = new Dispatcher({
    clock: t.clock,
    owner: 'node',
    givesWay,
    claim: async (input) => {
      await before('claim');
      const taken = await t.writer.run('work.claim', input);
      await claimed();
      return taken;
    },
    settle: (settlement) => before('settle').then(() => t.writer.run('notify.settle', settlement)),
    load: (lanes) => before('load').then(() => nextDeliveries(t.store.db, lanes)),
    random: () => 1,
    onError: (message) => errors.push(message),
    ...sendBy(send, sent, host),
  });
  wake = (at) => dispatcher.wake(at);
  await t.channel('slack', { url: 'https://x.test/' });
  return { ...t, dispatcher, sent, errors };
}

/** Prepares deliveries so that the closure gets to see them. */
function sendBy(
  send: Send,
  sent: string[],
  host: (delivery: QueuedDelivery) => string,
): Pick<DispatcherOptions, 'prepare' | 'send'> {
  const deliveries = new Map<object, QueuedDelivery>();
  return {
    prepare(delivery) {
      const where = host(delivery);
      const prepared = { destination: { host: where, account: where }, send: async () => SENT };
      deliveries.set(prepared, delivery);
      return prepared;
    },
    send(prepared, signal) {
      const delivery = deliveries.get(prepared) ?? assert.fail('never prepared');
      sent.push(`${delivery.check?.name} ${delivery.flip?.status}`);
      return send(delivery, signal);
    },
  };
}

test('a flip is announced once, and its lane is gone', async () => {
  const t = await setUp(async () => SENT);
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  await t.clock.advance(5);
  assert.deepEqual(t.sent, ['A down']);
  assert.deepEqual(await t.attempts(), ['1.1 sent ok']);
  assert.deepEqual(await t.lanes(), []);
  await t.clock.advance(3_600_000);
  assert.equal(t.sent.length, 1);
  assert.equal(t.dispatcher.wakeAt, Number.POSITIVE_INFINITY);
});

test('a failed try is repeated later and later until it gets through', async () => {
  let tries = 0;
  const t = await setUp(async () => (++tries < 4 ? BUSY : SENT));
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  const instants: number[] = [];
  const start = t.clock.now();
  for (let i = 0; i < 4; i++) {
    await t.clock.advance(i === 0 ? 5 : t.dispatcher.wakeAt - t.clock.now());
    instants.push(t.clock.now() - start);
  }
  assert.deepEqual(instants, [5, 1005, 3005, 7005]);
  assert.deepEqual(await t.attempts(), [
    '1.1 retry HTTP 503',
    '1.2 retry HTTP 503',
    '1.3 retry HTTP 503',
    '1.4 sent ok',
  ]);
});

test('a clock set while a try is under way makes no message old', async () => {
  let tries = 0;
  const t = await setUp(async () => {
    if (++tries > 1) return SENT;
    const delta = 48 * 3_600_000;
    t.clock.step(delta);
    await t.writer.run('checks.shift', { node: 'node', delta });
    return BUSY;
  });
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  await t.clock.advance(5_000);
  assert.deepEqual(await t.attempts(), ['1.1 retry HTTP 503', '1.2 sent ok']);
});

test('a recovery never overtakes its outage', async () => {
  let up = false;
  const t = await setUp(async () => (up ? SENT : BUSY));
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  await t.clock.advance(5);
  await t.ping(code, 'success');
  await t.clock.advance(10_000);
  assert.ok(t.sent.length > 2 && t.sent.every((message) => message === 'A down'));
  up = true;
  await t.clock.advance(60_000);
  assert.deepEqual(t.sent.slice(-2), ['A down', 'A up']);
  assert.deepEqual(
    (await t.deliveries()).map(({ state }) => state),
    ['sent', 'sent'],
  );
});

test('a final failure is written down, and the next message goes out', async () => {
  const t = await setUp(async ({ flip }) =>
    flip?.status === 'down' ? { ...BUSY, message: 'HTTP 400', retryable: false } : SENT,
  );
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  await t.ping(code, 'success');
  await t.clock.advance(50);
  assert.deepEqual(t.sent, ['A down', 'A up']);
  assert.deepEqual(await t.attempts(), ['1.1 failed HTTP 400', '2.1 sent ok']);
});

test('a server that hangs stops nobody else, and is left in time', async () => {
  const t = await setUp(
    ({ check }) => (check?.name === 'hangs' ? new Promise(() => undefined) : Promise.resolve(SENT)),
    { host: ({ check }) => check?.name ?? '' },
  );
  for (const code of await t.checks(100, { name: 'hangs' })) await t.ping(code, 'fail');
  await t.clock.advance(2_000);
  for (const code of await t.checks(20, { name: 'fine' })) await t.ping(code, 'fail');
  await t.clock.advance(50);
  assert.equal(t.sent.filter((message) => message === 'fine down').length, 20);
  assert.ok(t.dispatcher.load.held < 80, `${t.dispatcher.load.held} held`);
  await t.clock.advance(35_000);
  const retried = (await t.attempts()).filter((attempt) => attempt.includes('retry no answer within 35 s'));
  assert.ok(retried.length >= 64);
});

test('thousands at once are held a window at a time, and all get through', async () => {
  let most = 0;
  const t = await setUp(async () => {
    most = Math.max(most, t.dispatcher.load.held);
    await new Promise((resolve) => setImmediate(resolve));
    return SENT;
  });
  const rows = Array.from({ length: 1500 }, (_, i) => ({ key: `k${i}`, lane: `l${i}` }));
  await fill(t, rows);
  t.dispatcher.wake(t.clock.now());
  for (let i = 0; i < 100 && !(t.sent.length === 1500 && t.dispatcher.load.held === 0); i++) {
    await t.clock.advance(5);
  }
  assert.equal(t.sent.length, 1500);
  assert.ok(most <= 1024, `${most} held`);
  const { count } = await t.store.db
    .selectFrom('deliveries')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('state', '=', 'sent')
    .executeTakeFirstOrThrow();
  assert.equal(count, 1500);
  assert.deepEqual(await t.lanes(), []);
});

async function fill(
  t: Awaited<ReturnType<typeof setUp>>,
  rows: { key: string; lane: string }[],
): Promise<void> {
  const at = t.clock.now();
  for (let i = 0; i < rows.length; i += 500) {
    const page = rows.slice(i, i + 500);
    await t.store.db
      .insertInto('deliveries')
      .values(
        page.map(({ key, lane }) => ({
          key,
          lane,
          project_id: t.projectId,
          channel_id: 1,
          check_id: null,
          flip_id: null,
          kind: 'test',
          state: 'queued',
          attempts: 0,
          created_at: at,
          finished_at: null,
          answer: '',
          error: '',
        })),
      )
      .execute();
    await t.store.db
      .insertInto('work')
      .values(
        page.map(({ lane }) => ({
          kind: 'delivery',
          key: lane,
          due_at: at,
          owner: null,
          lease_until: null,
          fence: 0,
          pending: 1,
        })),
      )
      .execute();
  }
}

test('a store that refuses loses nothing', async () => {
  let broken: string | null = 'claim';
  const t = await setUp(async () => SENT, {
    before: async (what) => {
      if (broken === what) throw new AppError('unavailable', 'the disk is full');
    },
  });
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  for (const next of ['load', 'settle', null]) {
    await t.clock.advance(3_000);
    broken = next;
  }
  await t.clock.advance(5_000);
  assert.deepEqual(t.sent, ['A down']);
  assert.deepEqual(await t.attempts(), ['1.1 sent ok']);
  assert.deepEqual(
    [...new Set(t.errors)],
    [
      'deliveries cannot be claimed: the disk is full',
      'deliveries cannot be read: the disk is full',
      'the result of a delivery cannot be written: the disk is full',
    ],
  );
});

test('the end of a lease of its own wakes nobody once the message is sent', async () => {
  let claims = 0;
  const t = await setUp(async () => SENT, {
    before: async (what) => {
      if (what === 'claim') claims += 1;
    },
  });
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  await t.clock.advance(600_000);
  assert.deepEqual(t.sent, ['A down']);
  assert.equal(claims, 1);
});

test('a lane claimed without an answer is taken again when its lease has ended', async () => {
  let lost = true;
  const t = await setUp(async () => SENT, {
    claimed: async () => {
      if (lost) throw new AppError('unavailable', 'nobody knows whether it is durable');
    },
  });
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  await t.clock.advance(500);
  lost = false;
  await t.clock.advance(119_000);
  assert.deepEqual(t.sent, []);
  await t.clock.advance(2_000);
  assert.deepEqual(t.sent, ['A down']);
});

test('a result that could not be written within the lease is tried for again', async () => {
  let broken = true;
  const t = await setUp(async () => SENT, {
    before: async (what) => {
      if (broken && what === 'settle') throw new AppError('unavailable', 'the disk is full');
    },
  });
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  await t.clock.advance(121_500);
  broken = false;
  await t.clock.advance(10_000);
  assert.deepEqual(t.sent, ['A down', 'A down']);
  assert.equal((await t.lanes()).length, 0);
});

test('nothing is claimed while other work goes first, and all of it soon after', async () => {
  let busy = true;
  const t = await setUp(async () => SENT, { givesWay: () => busy });
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  await t.clock.advance(2_000);
  assert.deepEqual(t.sent, []);
  assert.equal((await t.lanes())[0]?.owner, null);
  busy = false;
  await t.clock.advance(20);
  assert.deepEqual(t.sent, ['A down']);
});

test('a message whose lease ran out is not begun', async () => {
  const gate = Promise.withResolvers<void>();
  const t = await setUp(async () => SENT, {
    before: (what) => (what === 'load' ? gate.promise : Promise.resolve()),
  });
  const [code = ''] = await t.checks(1, { name: 'A' });
  await t.ping(code, 'fail');
  await t.clock.advance(100_000);
  gate.resolve();
  await t.clock.advance(0);
  assert.deepEqual(t.sent, []);
  await t.clock.advance(10);
  assert.deepEqual(t.sent, ['A down']);
  assert.deepEqual(await t.attempts(), ['1.1 sent ok']);
});

test('a stop gives back what has not begun, waits for what has, and ends what hangs', async () => {
  let signalled = 0;
  const t = await setUp(({ check }, signal) => {
    if (check?.name !== 'hangs') return new Promise((resolve) => t.clock.after(100, () => resolve(SENT)));
    signal.addEventListener('abort', () => {
      signalled += 1;
    });
    return new Promise(() => undefined);
  });
  for (const code of await t.checks(60, { name: 'quick' })) await t.ping(code, 'fail');
  for (const code of await t.checks(10, { name: 'hangs' })) await t.ping(code, 'fail');
  await t.clock.advance(10);
  assert.deepEqual(t.dispatcher.load, { held: 70, active: 64, waiting: 6 });
  const stopped = t.dispatcher.stop();
  await t.clock.advance(6_000);
  await stopped;
  assert.equal(signalled, 4);
  const states = Object.groupBy(await t.deliveries(), ({ state, error }) => `${state} ${error}`);
  const counts = Object.entries(states).map(([state, rows]) => `${rows?.length} ${state}`);
  assert.deepEqual(counts.toSorted(), [
    '4 queued the server stopped before an answer came',
    '6 queued ',
    '60 sent ',
  ]);
  for (const { due_at, owner } of await t.lanes()) {
    assert.ok(due_at <= t.clock.now());
    assert.equal(owner, null);
  }
  assert.equal(t.dispatcher.load.held, 0);
});
