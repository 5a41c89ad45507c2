import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tcpPeer } from '../../testing/peers.ts';
import { assertFailed, probing } from '../../testing/probing.ts';
import { assertWrongCertificates } from '../../testing/wrong-certificates.ts';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { kafka } from './probe.ts';

const settings = (port: number) => ({ brokers: [`127.0.0.1:${port}`] });

test('what is not Kafka is told, without and with authentication and TLS', async () => {
  await assertWrongPeers({ kind: kafka, settings, waitsIn: 'metadata' });
  await assertWrongPeers({
    kind: kafka,
    settings: (port) => ({ ...settings(port), username: 'u', password: 'p' }),
    waitsIn: 'auth',
  });
  await assertWrongPeers({
    kind: kafka,
    settings: (port) => ({ ...settings(port), tls: true }),
    waitsIn: 'tls',
  });
});

test('a bootstrap broker that is gone leaves the next its turn', async () => {
  await using silent = await tcpPeer(() => undefined);
  await using web = await tcpPeer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const brokers = ['nowhere.invalid:9092', `127.0.0.1:${web.port}`];
  assertFailed(await probing(kafka, { brokers }), 'protocol', /as a web server/);
  const lone = { brokers: [`127.0.0.1:${silent.port}`, 'nowhere.invalid:9092'] };
  assertFailed(await probing(kafka, lone, { timeout: 400 }), 'timeout');
});

test('an address that may not be reached is a matter of settings', async () => {
  assertFailed(await probing(kafka, { brokers: ['169.254.169.254:9092'] }), 'config', /refused/);
});

test('no certificate is taken that is not to be trusted', async () => {
  await assertWrongCertificates({
    kind: kafka,
    settings: (port, ca) => ({ brokers: [`localhost:${port}`], tls: true, tls_ca: ca ?? '' }),
  });
});

test('nothing of a run that is over is left open, wherever it hung', async () => {
  await using silent = await tcpPeer(() => undefined);
  const { port } = silent;
  for (const more of [{}, { tls: true }, { username: 'u', password: 'p' }]) {
    assertFailed(await probing(kafka, { ...settings(port), ...more }, { timeout: 200 }), 'timeout');
    await silent.allClosed();
    assert.deepEqual(
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout'),
      [],
    );
  }
});
