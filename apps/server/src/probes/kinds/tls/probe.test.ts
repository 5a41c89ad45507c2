import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { createServer, TLSSocket } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { certificates, type Identity } from '../../testing/certificates.ts';
import { listening, type Peer, tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { tls } from './probe.ts';

const { ca: tls_ca, good, expired, elsewhere, selfSigned } = certificates();

function secure(identity: Identity): Promise<Peer> {
  return listening(createServer(identity, (socket) => socket.on('error', () => undefined)));
}

test('a certificate is measured whether or not it is to be trusted', async () => {
  const cases: [Identity, Record<string, unknown>, RegExp | null][] = [
    [good, { tls_ca }, null],
    [good, {}, /localhost is not trusted/],
    [good, { tls_ca, server_name: 'other.example' }, /not for other\.example but for localhost/],
    [expired, { tls_ca }, /localhost has expired/],
    [elsewhere, { tls_ca }, /not for localhost but for elsewhere\.example/],
    [elsewhere, { tls_ca, server_name: 'elsewhere.example' }, null],
    [selfSigned, { tls_ca }, /self-signed/],
  ];
  for (const [identity, settings, message] of cases) {
    await using peer = await secure(identity);
    const result = await probing(tls, { host: 'localhost', port: peer.port, ...settings });
    if (message === null) assertWell(result);
    else assertFailed(result, 'tls', message);
    const values = valuesOf(result);
    assert.ok((values['probe_ssl_earliest_cert_expiry'] ?? 0) > 1_700_000_000);
    assert.equal(values['probe_tls_version_info{version="TLSv1.3"}'], 1);
    assert.equal(result.details['tls_version'], 'TLSv1.3');
    await peer.allClosed();
  }
});

test('an address is held against the addresses of the certificate', async () => {
  await using peer = await secure(good);
  const result = await probing(tls, { host: '127.0.0.1', port: peer.port, tls_ca });
  assertFailed(result, 'tls', /not for 127\.0\.0\.1 but for localhost/);
});

/** A record that promises a handshake message of 16 MB. */
const ENDLESS = Buffer.concat([Buffer.from([22, 3, 3, 0x40, 0, 2, 0xff, 0xff, 0xff]), Buffer.alloc(16_380)]);

test('peers that speak no TLS, or never come to its end', async () => {
  const cases: [string, (socket: Socket) => void, RegExp][] = [
    ['plain text', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), /^protocol .*not speak TLS/],
    ['hangs up', (socket) => socket.end(), /^protocol .*closed the connection during/],
    ['resets', (socket) => socket.resetAndDestroy(), /^protocol .*closed the connection during/],
    ['says nothing', () => undefined, /^timeout .*\(tls\)/],
    ['an alert', (socket) => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 40])), /^tls .*handshake/],
    ['an endless handshake', (socket) => socket.write(ENDLESS), /^(tls|protocol) /],
    ['one byte after another', drip, /^timeout .*\(tls\)/],
  ];
  for (const [name, behave, wanted] of cases) {
    await using peer = await tcpPeer((socket) => socket.once('data', () => behave(socket)));
    const { failure } = await probing(tls, { host: '127.0.0.1', port: peer.port }, { timeout: 300 });
    assert.match(`${failure?.reason} ${failure?.message}`, wanted, name);
    await peer.allClosed();
  }
});

/** The head of a record, and then its body in no hurry. */
function drip(socket: Socket): void {
  socket.write(Buffer.from([22, 3, 3, 0x3f, 0xff, 2, 0, 0x3f, 0xf0]));
  const timer = setInterval(() => socket.write('\0'), 20);
  socket.once('close', () => clearInterval(timer));
}

test('SMTP turns to TLS', async () => {
  const server = new SMTPServer({ ...good, authOptional: true, logger: false });
  server.on('error', () => undefined);
  await using peer = await listening(server.server);
  const at = { host: 'localhost', port: peer.port, starttls: 'smtp' };
  const result = await probing(tls, { ...at, tls_ca });
  assertWell(result);
  assert.deepEqual(
    result.phases.map(([name]) => name),
    ['resolve', 'connect', 'starttls', 'tls'],
  );
  assertFailed(await probing(tls, at), 'tls', /not trusted/);
  assertFailed(await probing(tls, { ...at, starttls: 'none' }), 'protocol', /does not speak TLS/);
  assertFailed(await probing(tls, { ...at, starttls: 'imap' }), 'protocol', /does not answer in IMAP/);
  const plain = new SMTPServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'], logger: false });
  await using without = await listening(plain.server);
  assertFailed(
    await probing(tls, { ...at, port: without.port }),
    'tls',
    /offers no TLS: to STARTTLS it said 5/,
  );
});

/** A peer that says its lines, each after one of the other side's, and then speaks TLS. */
function speaking(greeting: string, ...answers: string[]): Promise<Peer> {
  return tcpPeer((socket) => {
    if (greeting !== '') socket.write(greeting);
    const left = [...answers];
    const next = (): void => {
      const answer = left.shift();
      socket.write(answer ?? '');
      if (left.length > 0) return;
      socket.off('data', next);
      new TLSSocket(socket, { isServer: true, ...good }).on('error', () => undefined);
    };
    socket.on('data', next);
  });
}

test('IMAP and PostgreSQL turn to TLS, or do not', async () => {
  const cases: [string, Promise<Peer>, RegExp | null][] = [
    ['imap', speaking('* OK hello\r\n', '* CAPABILITY x\r\na OK begin\r\n'), null],
    ['imap', speaking('* OK hello\r\n', 'a BAD unknown\r\n'), /^tls .*STARTTLS it said a BAD/],
    ['imap', speaking('* BYE busy\r\n', ''), /^tls .*greeting it said \* BYE/],
    ['smtp', speaking('554 go away\r\n', ''), /^tls .*greeting it said 554/],
    ['smtp', speaking('SSH-2.0\r\n', ''), /^protocol .*SMTP/],
    ['smtp', speaking('', ''), /^timeout .*starttls/],
    ['postgres', speaking('', 'S'), null],
    ['postgres', speaking('', 'N'), /^tls .*PostgreSQL without TLS/],
    ['postgres', speaking('', 'Sx'), /^protocol /],
    ['postgres', speaking('HTTP/1.1 400\r\n', ''), /^protocol .*as PostgreSQL/],
    ['postgres', tcpPeer((socket) => socket.end()), /^protocol .*hung up/],
    ['smtp', tcpPeer((socket) => socket.resetAndDestroy()), /^(protocol|reset) /],
  ];
  for (const [starttls, starting, wanted] of cases) {
    await using peer = await starting;
    const settings = { host: 'localhost', port: peer.port, starttls, tls_ca };
    const result = await probing(tls, settings, { timeout: 400 });
    const { failure } = result;
    if (wanted === null) assertWell(result);
    else assert.match(`${failure?.reason} ${failure?.message}`, wanted, starttls);
    await peer.allClosed();
  }
});
