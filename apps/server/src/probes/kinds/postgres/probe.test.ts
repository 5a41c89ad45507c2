import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { makeAuthority } from '../../testing/certificates.ts';
import { assertForeignPeers, pour, tlsPeer } from '../../testing/database-peers.ts';
import { tcpPeer } from '../../testing/peers.ts';
import { assertFailed, probing } from '../../testing/probing.ts';
import { postgres } from './probe.ts';

const settings = (port: number) => ({ url: `postgres://vigie:s3cret@127.0.0.1:${port}/app` });

/** A message of the protocol: a letter, its length, its content. */
function message(kind: string, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

/** An ErrorResponse with this code. */
const refusal = (code: string, text: string): Buffer => message('E', `SFATAL\0C${code}\0M${text}\0\0`);
const LOGGED_IN = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', 'I')]);

test('peers that are no PostgreSQL are failures that say so, and every connection is let go', async () => {
  await assertForeignPeers(postgres, settings, 'greeting');
});

test('the same holds where TLS is asked for', async () => {
  const encrypted = (port: number) => ({ ...settings(port), tls: true });
  await assertForeignPeers(postgres, encrypted, 'tls');
});

test('a server that refuses says why', async () => {
  const cases = [
    ['28P01', 'password authentication failed for user "vigie"', 'auth'],
    ['28000', 'no pg_hba.conf entry', 'auth'],
    ['42501', 'permission denied for database "app"', 'forbidden'],
    ['3D000', 'database "app" does not exist', 'not_found'],
    ['53300', 'sorry, too many clients already', 'limit'],
    ['57P03', 'the database system is starting up', 'unhealthy'],
    ['57P01', 'terminating connection due to administrator command', 'unhealthy'],
    ['XX000', 'internal error', 'unhealthy'],
  ] as const;
  for (const [code, text, reason] of cases) {
    await using peer = await tcpPeer((socket) => socket.once('data', () => socket.end(refusal(code, text))));
    const said = assertFailed(await probing(postgres, settings(peer.port)), reason);
    assert.ok(said.includes(text) && said.includes(code), said);
    assert.ok(!said.includes('s3cret'), said);
    await peer.allClosed();
  }
});

test('a server that goes away once it has answered is a reset; one that stops answering runs out of time', async () => {
  const login = (then: (socket: Socket) => void) => (socket: Socket) => {
    socket.once('data', () => {
      socket.write(LOGGED_IN);
      socket.once('data', () => then(socket));
    });
  };
  for (const end of ['end', 'resetAndDestroy'] as const) {
    await using peer = await tcpPeer(login((socket) => void socket[end]()));
    const result = await probing(postgres, settings(peer.port));
    assertFailed(result, 'reset');
    assert.equal(result.failure?.phase, 'query');
    await peer.allClosed();
  }
  await using peer = await tcpPeer(login(() => undefined));
  const result = await probing(postgres, settings(peer.port), { timeout: 300 });
  assertFailed(result, 'timeout');
  assert.equal(result.failure?.phase, 'query');
  await peer.allClosed();
});

test('bytes that the client cannot read end the run, not the process', async () => {
  // A row description that announces columns it does not hold.
  const broken = message('T', Buffer.from([0xff, 0xff]));
  await using peer = await tcpPeer((socket) => {
    socket.once('data', () => {
      socket.write(LOGGED_IN);
      socket.once('data', () => socket.write(broken));
    });
  });
  assertFailed(await probing(postgres, settings(peer.port)), 'protocol');
  await peer.allClosed();
});

test('rows without end are cut off', async () => {
  await using peer = await tcpPeer((socket) => {
    socket.once('data', () => {
      socket.write(LOGGED_IN);
      const bytes = message('S', `a\0${'x'.repeat(60_000)}\0`);
      socket.once('data', () => pour(socket, bytes));
    });
  });
  assertFailed(await probing(postgres, settings(peer.port)), 'protocol', /sent more than/);
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
    await using peer = await tlsPeer(identity, 8, { answer: 'S' });
    const given = { ...settings(peer.port), tls: true, tls_ca: ca };
    assertFailed(await probing(postgres, given), 'tls', message);
    assert.deepEqual(peer.said(), []);
  }
  await using peer = await tlsPeer(good, 8, { answer: 'N' });
  const url = `postgres://vigie@127.0.0.1:${peer.port}/app?sslmode=require`;
  assertFailed(await probing(postgres, { url }), 'tls', /does not speak TLS/);
});

test('an address that is no address, and a secret that is not there', async () => {
  for (const url of ['mysql://a@b/c', 'postgres//', 'x']) {
    assert.equal(postgres.settings.safeParse({ url }).success, false, url);
  }
  const url = 'postgres://vigie:$' + '{secret:DB}@127.0.0.1:1/app';
  assertFailed(await probing(postgres, { url }), 'config', /no secret DB/);
  assertFailed(await probing(postgres, { url: 'postgres://a:%zz@127.0.0.1:1/app' }), 'config', /hexadecimal/);
  assertFailed(await probing(postgres, { url: 'postgres:///app' }), 'config', /no host/);
  assert.equal(postgres.open({ url }).instance, '127.0.0.1:1');
});

test('an address that may not be reached is not reached', async () => {
  await using peer = await tcpPeer(() => undefined);
  const rules = () => ({ allowPrivate: false, allow: [] });
  for (const host of ['127.0.0.1', 'localhost']) {
    const url = `postgres://a:b@${host}:${peer.port}/c`;
    assertFailed(await probing(postgres, { url }, { rules }), 'config', /private/);
  }
  assert.equal(peer.made(), 0);
});
