/** The MQTT probe against a real Mosquitto. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mqtt as kind } from '../../src/probes/kinds/mqtt/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startMosquitto } from '../support/peers/mqtt.ts';
import { until } from '../support/until.ts';

test('a message comes back, the broker tells of itself, and is stopped', async () => {
  await using broker = await startMosquitto();
  const look = (version = '5') => probing(kind, { url: `mqtt://127.0.0.1:${broker.port}`, version });
  const result = await until('statistics', 10_000, async () => {
    const found = await look();
    assertWell(found);
    return valuesOf(found)['broker_clients_connected'] === undefined ? null : found;
  });
  const values = valuesOf(result);
  assert.ok((values['mqtt_echo_seconds'] ?? 0) > 0);
  assert.ok((values['broker_messages_received'] ?? -1) >= 0);
  assert.ok((values['broker_uptime'] ?? -1) >= 0);
  assert.match(String(result.details['version']), /^2\./);
  assertWell(await look('3.1.1'));
  await broker.stop();
  assertFailed(await look(), 'refused');
});

test('passwords and rights, in both versions', async () => {
  await using broker = await startMosquitto({
    users: {
      probe: { password: 'secret', rights: ['readwrite vigie/#', 'read $SYS/#'] },
      mute: { password: 'secret', rights: ['read vigie/#'] },
    },
  });
  for (const version of ['5', '3.1.1']) {
    const look = (login: string, more = {}) =>
      probing(kind, { url: `mqtt://${login}127.0.0.1:${broker.port}`, version, ...more }, { timeout: 1_000 });
    assertWell(await look('probe:secret@'));
    assert.doesNotMatch(assertFailed(await look('probe:guess-me@'), 'auth'), /guess-me/);
    assertFailed(await look(''), 'auth');
    // Version 3.1.1 has no word for it: the message goes nowhere.
    assertFailed(await look('mute:secret@'), version === '5' ? 'forbidden' : 'timeout', /publish|echo/);
  }
});

test('over TLS', async () => {
  using authority = makeAuthority();
  await using broker = await startMosquitto({ identity: authority.issue('localhost') });
  const look = (scheme: string, tls_ca: string) =>
    probing(kind, { url: `${scheme}://localhost:${broker.port}`, tls_ca }, { timeout: 2_000 });
  assertWell(await look('mqtts', authority.ca));
  assertFailed(await look('mqtts', ''), 'tls');
  assertFailed(await look('mqtt', ''), 'protocol');
});
