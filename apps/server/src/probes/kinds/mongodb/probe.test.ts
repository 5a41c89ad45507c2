import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createServer } from 'node:tls';
import type { Document } from 'mongodb';
import { makeAuthority } from '../../testing/certificates.ts';
import { assertForeignPeers } from '../../testing/database-peers.ts';
import { type Answers, HELLO, mongoDouble, refused } from '../../testing/mongodb-double.ts';
import { listening } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { mongodb } from './probe.ts';

const settings = (port: number, user = '') => ({ url: `mongodb://${user}127.0.0.1:${port}/` });

const STATUS: Document = {
  version: '7.0.14',
  uptime: 86_400,
  connections: { current: 20, available: 80, active: 3 },
  opcounters: { insert: 1, query: 2, deprecated: { total: 3 } },
  mem: { resident: 100 },
  network: { bytesIn: 5, bytesOut: 6 },
  globalLock: { currentQueue: { total: 0, readers: 1, writers: 2 } },
};

/** A server that is well, but for what a test says. */
const answering = (given: Record<string, Document | (() => Document | undefined)> = {}): Answers => {
  const all: Record<string, Document | (() => Document | undefined)> = {
    hello: HELLO,
    ismaster: HELLO,
    serverStatus: STATUS,
    ...given,
  };
  return (name) => {
    const answer = all[name] ?? {};
    return typeof answer === 'function' ? answer() : answer;
  };
};

const member = (name: string, state: number, seconds: number, more: Document = {}): Document => ({
  name,
  state,
  stateStr: { 1: 'PRIMARY', 2: 'SECONDARY', 3: 'RECOVERING' }[state],
  health: 1,
  optimeDate: new Date(seconds * 1000),
  ...more,
});

test('peers that are no MongoDB are failures that say so, and every connection is let go', async () => {
  await assertForeignPeers(mongodb, settings, 'greeting');
  await assertForeignPeers(mongodb, (port) => ({ ...settings(port), tls: true }), 'tls');
});

test('the double that is well: what it tells is measured', async () => {
  await using peer = await mongoDouble(answering());
  const result = await probing(mongodb, settings(peer.port));
  assertWell(result);
  assert.deepEqual(valuesOf(result), {
    mongodb_uptime_seconds: 86_400,
    'mongodb_connections{state="current"}': 20,
    'mongodb_connections{state="available"}': 80,
    'mongodb_connections{state="active"}': 3,
    mongodb_connections_ratio: 0.2,
    'mongodb_op_counters_total{type="insert"}': 1,
    'mongodb_op_counters_total{type="query"}': 2,
    mongodb_memory_resident_bytes: 104_857_600,
    'mongodb_network_bytes_total{state="in_bytes"}': 5,
    'mongodb_network_bytes_total{state="out_bytes"}': 6,
    'mongodb_global_lock_current_queue{type="reader"}': 1,
    'mongodb_global_lock_current_queue{type="writer"}': 2,
  });
  assert.equal(result.details['version'], '7.0.14');
  await peer.allClosed();
});

test('a replica set is seen through one member', async () => {
  const set = { ...HELLO, setName: 'rs' };
  const cases = [
    [2, [member('a', 1, 100), member('b', 2, 70, { self: true })], null],
    [3, [member('a', 1, 100), member('b', 3, 70, { self: true })], /does not serve: it is RECOVERING/],
    [2, [member('b', 2, 70, { self: true })], /no primary/],
  ] as const;
  for (const [myState, members, message] of cases) {
    const replSetGetStatus = { set: 'rs', myState, members };
    await using peer = await mongoDouble(answering({ hello: set, ismaster: set, replSetGetStatus }));
    const result = await probing(mongodb, settings(peer.port));
    if (message === null) assertWell(result);
    else assertFailed(result, 'unhealthy', message);
    const lag = valuesOf(result)['mongodb_mongod_replset_member_replication_lag{set="rs",name="b"}'];
    assert.equal(lag, message === null ? 30 : undefined);
    await peer.allClosed();
  }
});

test('refusals have their reasons, and none tells the password', async () => {
  const cases = [
    [{ saslStart: refused(18, 'Authentication failed.') }, 'auth', /Authentication failed/],
    [{ ping: refused(13, 'command ping requires authentication') }, 'forbidden', /requires authentication/],
    [{ ping: refused(91, 'The server is in quiesce mode') }, 'unhealthy', /quiesce/],
    [{ serverStatus: refused(13, 'requires authentication') }, 'auth', /names no user/],
    [{ serverStatus: { version: 7 } }, 'protocol', /none of MongoDB/],
  ] as const;
  for (const [given, reason, message] of cases) {
    await using peer = await mongoDouble(answering({ ...given }));
    const user = 'saslStart' in given ? 'vigie:s3cret@' : '';
    const said = assertFailed(await probing(mongodb, settings(peer.port, user)), reason, message);
    assert.ok(!said.includes('s3cret'), said);
    await peer.allClosed();
  }
  await using peer = await mongoDouble(answering({ serverStatus: refused(13, 'not authorized') }));
  const allowed = await probing(mongodb, { ...settings(peer.port), require_rights: false });
  assertWell(allowed);
  assert.deepEqual(allowed.details['missing_rights'], ['clusterMonitor']);
});

test('what a server of the protocol does not know is left out', async () => {
  const set = { ...HELLO, setName: 'rs' };
  const answers = answering({
    hello: set,
    ismaster: set,
    serverStatus: { version: '7.0.42', uptime: 3 },
    replSetGetStatus: refused(59, 'no such command'),
  });
  await using peer = await mongoDouble(answers);
  const result = await probing(mongodb, settings(peer.port));
  assertWell(result);
  assert.deepEqual(valuesOf(result), { mongodb_uptime_seconds: 3 });
  assert.equal(result.details['replica_set'], 'rs');
});

test('a server that goes away once it has answered is a reset; one that stops answering runs out of time', async () => {
  for (const end of ['destroy', 'resetAndDestroy'] as const) {
    await using peer = await mongoDouble((name, _, socket) => {
      if (name !== 'serverStatus') return answering()(name, {}, socket);
      socket[end]();
      return undefined;
    });
    const result = await probing(mongodb, settings(peer.port));
    assertFailed(result, 'reset');
    assert.equal(result.failure?.phase, 'query');
    await peer.allClosed();
  }
  await using silent = await mongoDouble(answering({ serverStatus: () => undefined }));
  const result = await probing(mongodb, settings(silent.port), { timeout: 500 });
  assertFailed(result, 'timeout');
  assert.equal(result.failure?.phase, 'query');
  await silent.allClosed();
});

test('a server that answers the driver with nonsense ends the run, not the process', async () => {
  const claims = Buffer.alloc(16);
  claims.writeInt32LE(60_000_000, 0);
  for (const nonsense of [Buffer.alloc(64, 0xff), claims, Buffer.alloc(70_000, 'x')]) {
    await using peer = await mongoDouble((name, _, socket) => {
      if (name !== 'ping') return answering()(name, {}, socket);
      socket.write(nonsense);
      return undefined;
    });
    const { failure } = await probing(mongodb, settings(peer.port), { timeout: 500 });
    assert.match(failure?.reason ?? 'none', /^(protocol|reset|timeout)$/, failure?.message);
    await peer.allClosed();
  }
});

test('an address that may not be reached is not reached', async () => {
  await using peer = await mongoDouble(answering());
  const rules = () => ({ allowPrivate: false, allow: [] });
  for (const host of ['127.0.0.1', 'localhost']) {
    const url = `mongodb://${host}:${peer.port}/`;
    assertFailed(await probing(mongodb, { url }, { rules }), 'config', /private/);
  }
  assert.equal(peer.made(), 0);
});

test('certificates that expired, are of nobody known, or of another host are refused', async () => {
  using authority = makeAuthority();
  const cases = [
    [authority.issue('127.0.0.1', -1), authority.ca, /expired/],
    [authority.issue('127.0.0.1'), '', /not trusted/],
    [authority.issue('elsewhere.example'), authority.ca, /not for 127\.0\.0\.1/],
  ] as const;
  for (const [identity, ca, message] of cases) {
    const server = createServer(identity);
    server.on('tlsClientError', () => undefined);
    await using peer = await listening(server);
    const result = await probing(mongodb, { ...settings(peer.port), tls: true, tls_ca: ca });
    assertFailed(result, 'tls', message);
    await peer.allClosed();
  }
});

test('an address of several servers is no address of one', () => {
  for (const url of ['mongodb://a:1,b:2/', 'mongodb+srv://a/', 'http://a']) {
    assert.equal(mongodb.settings.safeParse({ url }).success, false, url);
  }
});
