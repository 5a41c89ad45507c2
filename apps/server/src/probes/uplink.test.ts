import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { FakeClock } from '../testing/fake-clock.ts';
import { Uplink } from './uplink.ts';

/** Nothing answers there. */
const NOWHERE = { host: 'nowhere', port: 9 };
const unreachable = () => Promise.reject(new Error('no route'));

test('a failure is explained by our own uplink only when nothing that should be there can be reached', async () => {
  const clock = new FakeClock(0);
  assert.equal(await new Uplink(clock, []).explains('timeout'), false, 'nobody says what should be there');
  const none = new Uplink(clock, [NOWHERE, NOWHERE], unreachable);
  assert.equal(await none.explains('timeout'), true);
  assert.equal(await none.explains('auth'), false, 'whoever refuses a password can be reached');
  const one = new Uplink(clock, [NOWHERE, { host: 'here', port: 9 }], ({ host }) =>
    host === 'here' ? Promise.resolve() : unreachable(),
  );
  assert.equal(await one.explains('timeout'), false, 'one of them answers');
});

test('what should be there is asked once for the failures of one moment, and again later', async () => {
  const clock = new FakeClock(0);
  let asked = 0;
  const uplink = new Uplink(clock, [NOWHERE], async () => {
    asked += 1;
  });
  await Promise.all([uplink.explains('timeout'), uplink.explains('dns')]);
  assert.equal(asked, 1);
  await clock.advance(5_000);
  await uplink.explains('unreachable');
  assert.equal(asked, 2);
});

test('a connection or a refusal is an answer', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const here = { host: '127.0.0.1', port };
  const clock = new FakeClock(0);
  const open = await new Uplink(clock, [here]).explains('timeout');
  await new Promise((resolve) => server.close(resolve));
  const closed = await new Uplink(clock, [here]).explains('timeout');
  assert.deepEqual([open, closed], [false, false]);
});
