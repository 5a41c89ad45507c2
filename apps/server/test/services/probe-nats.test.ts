/** The NATS probe against a real NATS server. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from '@nats-io/transport-node';
import { nats as kind } from '../../src/probes/kinds/nats/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startNats } from '../support/peers/nats.ts';

test('connections and what consumers of streams have not taken', async () => {
  await using server = await startNats();
  const url = `nats://127.0.0.1:${server.port}`;
  const client = await connect({ servers: url });
  const ask = (subject: string, body: unknown) => client.request(`$JS.API.${subject}`, JSON.stringify(body));
  await ask('STREAM.CREATE.orders', { name: 'orders', subjects: ['orders.*'] });
  await ask('CONSUMER.DURABLE.CREATE.orders.billing', {
    stream_name: 'orders',
    config: { durable_name: 'billing', ack_policy: 'explicit' },
  });
  for (let i = 0; i < 3; i++) await client.request('orders.new', `order ${i}`);
  const look = () => probing(kind, { url, monitoring: server.monitoring });
  const result = await look();
  await client.close();
  assertWell(result);
  const values = valuesOf(result);
  const labels = 'account="$G",stream_name="orders"';
  assert.equal(values[`jetstream_stream_total_messages{${labels}}`], 3);
  assert.equal(values[`jetstream_consumer_num_pending{${labels},consumer_name="billing"}`], 3);
  assert.equal(values['jetstream_server_total_streams'], 1);
  assert.ok((values['gnatsd_varz_connections'] ?? 0) >= 1);
  assert.equal(values['gnatsd_varz_slow_consumers'], 0);
  assert.ok((values['nats_rtt_seconds'] ?? 0) > 0);
  assert.match(String(result.details['version']), /^2\./);
  assert.equal(result.details['jetstream'], true);
  await server.stop();
  assertFailed(await look(), 'refused');
});

test('users and tokens', async () => {
  await using server = await startNats(['--user', 'probe', '--pass', 'secret']);
  const look = (login: string) => probing(kind, { url: `nats://${login}127.0.0.1:${server.port}` });
  assertWell(await look('probe:secret@'));
  assert.doesNotMatch(assertFailed(await look('probe:guess-me@'), 'auth'), /guess-me/);
  assertFailed(await look(''), 'auth');
  await using tokens = await startNats(['--auth', 'token']);
  assertWell(await probing(kind, { url: `nats://token@127.0.0.1:${tokens.port}` }));
});

test('over TLS, which begins after the greeting', async () => {
  using authority = makeAuthority();
  authority.issue('localhost');
  const files = ['--tlscert', join(authority.folder, 'localhost.pem'), '--tlskey'];
  await using server = await startNats(['--tls', ...files, join(authority.folder, 'localhost.key')]);
  const look = (host: string, tls_ca: string) =>
    probing(kind, { url: `tls://${host}:${server.port}`, tls_ca });
  assertWell(await look('localhost', authority.ca));
  assertFailed(await look('127.0.0.1', authority.ca), 'tls');
  assertFailed(await look('localhost', ''), 'tls');
  assertFailed(await probing(kind, { url: `nats://localhost:${server.port}` }), 'tls');
});
