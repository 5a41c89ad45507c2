import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { makeAuthority } from '../../testing/certificates.ts';
import { assertForeignPeers, pour, tlsPeer } from '../../testing/database-peers.ts';
import { accepted, greeting, packet, refusal } from '../../testing/mysql-wire.ts';
import { tcpPeer } from '../../testing/peers.ts';
import { assertFailed, probing } from '../../testing/probing.ts';
import { mysql } from './probe.ts';
import { sourceOf } from './replicas.ts';

const settings = (port: number) => ({ url: `mysql://vigie:s3cret@127.0.0.1:${port}/app` });

/** Greets, lets anybody in, and leaves the first query to a test. */
const login = (then: (socket: Socket) => void) => (socket: Socket) => {
  socket.write(greeting());
  socket.once('data', () => {
    socket.write(accepted(2));
    socket.once('data', () => then(socket));
  });
};

test('peers that are no MySQL are failures that say so, and every connection is let go', async () => {
  await assertForeignPeers(mysql, settings, 'greeting');
  await assertForeignPeers(mysql, (port) => ({ ...settings(port), tls: true }), 'greeting');
});

test('a server that refuses says why, at once or after the login', async () => {
  const cases = [
    [1040, 'Too many connections', 'limit'],
    [1045, 'Access denied for user', 'auth'],
    [1044, 'Access denied for database', 'forbidden'],
    [1049, 'Unknown database', 'not_found'],
    [1129, 'Host is blocked', 'forbidden'],
    [1053, 'Server shutdown in progress', 'unhealthy'],
  ] as const;
  for (const [code, text, reason] of cases) {
    await using early = await tcpPeer((socket) => void socket.end(refusal(0, code, text)));
    await using late = await tcpPeer((socket) => {
      socket.write(greeting());
      socket.once('data', () => socket.end(refusal(2, code, text)));
    });
    for (const peer of [early, late]) {
      const said = assertFailed(await probing(mysql, settings(peer.port)), reason);
      assert.ok(said.includes(text) && said.includes(String(code)) && !said.includes('s3cret'), said);
      await peer.allClosed();
    }
  }
});

test('a server that goes away once it has answered is a reset; one that stops answering runs out of time', async () => {
  for (const end of ['end', 'resetAndDestroy'] as const) {
    await using peer = await tcpPeer(login((socket) => void socket[end]()));
    const result = await probing(mysql, settings(peer.port));
    assertFailed(result, 'reset');
    assert.equal(result.failure?.phase, 'query');
    await peer.allClosed();
  }
  await using silent = await tcpPeer(login(() => undefined));
  const result = await probing(mysql, settings(silent.port), { timeout: 300 });
  assertFailed(result, 'timeout');
  assert.equal(result.failure?.phase, 'query');
  await silent.allClosed();
  await using stuck = await tcpPeer((socket) => void socket.write(greeting()));
  const stopped = await probing(mysql, settings(stuck.port), { timeout: 300 });
  assertFailed(stopped, 'timeout');
  assert.equal(stopped.failure?.phase, 'auth');
  await stuck.allClosed();
});

test('bytes that the client cannot read end the run, not the process', async () => {
  // A greeting that breaks off, an answer that announces columns and sends none that can be read.
  await using short = await tcpPeer((socket) => void socket.write(packet(0, Buffer.from([10, 0x38]))));
  const { failure } = await probing(mysql, settings(short.port), { timeout: 300 });
  assert.match(failure?.reason ?? 'none', /^(protocol|timeout)$/);
  await short.allClosed();
  await using broken = await tcpPeer(
    login(
      (socket) =>
        void socket.write(Buffer.concat([packet(1, Buffer.from([1])), packet(2, Buffer.from([3]))])),
    ),
  );
  assertFailed(await probing(mysql, settings(broken.port), { timeout: 500 }), 'protocol');
  await broken.allClosed();
});

test('rows without end are cut off', async () => {
  await using peer = await tcpPeer(
    login((socket) => {
      // One packet of 16 MiB after the other.
      socket.write(Buffer.from([0xff, 0xff, 0xff, 1]));
      pour(socket, Buffer.alloc(65_536, 'x'));
    }),
  );
  assertFailed(await probing(mysql, settings(peer.port)), 'protocol', /sent more than/);
  await peer.allClosed();
});

test('certificates that expired, are of nobody known, or of another host are refused before anything is said', async () => {
  using authority = makeAuthority();
  const good = authority.issue('127.0.0.1');
  const cases = [
    [authority.issue('127.0.0.1', -1), authority.ca, /expired/],
    [good, '', /not trusted/],
    [authority.issue('elsewhere.example'), authority.ca, /not for 127\.0\.0\.1 but for elsewhere\.example/],
  ] as const;
  for (const [identity, ca, message] of cases) {
    await using peer = await tlsPeer(identity, 36, { greeting: greeting({ tls: true }) });
    const result = await probing(mysql, { ...settings(peer.port), tls: true, tls_ca: ca });
    assertFailed(result, 'tls', message);
    assert.equal(result.failure?.phase, 'tls');
    assert.deepEqual(peer.said(), []);
    await peer.allClosed();
  }
  // An OK in the clear, as somebody in between might add it, lets nothing out.
  const heard: Buffer[] = [];
  await using between = await tcpPeer((socket) => {
    socket.write(Buffer.concat([greeting({ tls: true }), accepted(2)]));
    socket.on('data', (bytes: Buffer) => heard.push(bytes));
  });
  const stuck = await probing(
    mysql,
    { ...settings(between.port), tls: true, tls_ca: authority.ca },
    { timeout: 300 },
  );
  assertFailed(stuck, 'timeout');
  assert.equal(stuck.failure?.phase, 'tls');
  assert.ok(!Buffer.concat(heard).includes('select'), 'a query went out in the clear');
  await between.allClosed();
  await using plain = await tcpPeer((socket) => void socket.write(greeting()));
  const url = `mysql://vigie@127.0.0.1:${plain.port}/?ssl-mode=VERIFY_IDENTITY`;
  assertFailed(await probing(mysql, { url }), 'tls', /does not speak TLS/);
  await plain.allClosed();
});

test('the state of replication is read by old names and new ones', () => {
  const cases = [
    [
      { Channel_Name: 'a', Replica_IO_Running: 'Yes', Replica_SQL_Running: 'Yes', Seconds_Behind_Source: 3 },
      { channel: 'a', receives: true, applies: true, secondsBehind: 3, error: '' },
    ],
    [
      {
        Connection_name: '',
        Slave_IO_Running: 'Connecting',
        Slave_SQL_Running: 'Yes',
        Seconds_Behind_Master: null,
        Last_IO_Error: 'no way',
      },
      { channel: '', receives: false, applies: true, secondsBehind: null, error: 'no way' },
    ],
    [
      { Slave_IO_Running: 'Yes', Slave_SQL_Running: 'No', Last_IO_Error: '', Last_SQL_Error: 'duplicate' },
      { channel: '', receives: true, applies: false, secondsBehind: null, error: 'duplicate' },
    ],
  ] as const;
  for (const [row, source] of cases) assert.deepEqual(sourceOf(row), source);
});

test('an address that may not be reached is not reached', async () => {
  await using peer = await tcpPeer(() => undefined);
  const rules = () => ({ allowPrivate: false, allow: [] });
  for (const host of ['127.0.0.1', 'localhost']) {
    const url = `mysql://a:b@${host}:${peer.port}/c`;
    assertFailed(await probing(mysql, { url }, { rules }), 'config', /private/);
  }
  assert.equal(peer.made(), 0);
});
