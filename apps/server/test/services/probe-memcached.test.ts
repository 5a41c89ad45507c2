/** The memcached probe against a real memcached. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { memcached as kind } from '../../src/probes/kinds/memcached/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startMemcached } from '../support/peers/memcached.ts';
import { RawConnection } from '../support/raw-exchange.ts';
import { until } from '../support/until.ts';

test('a server with values, and one that is stopped', async () => {
  await using server = await startMemcached();
  using client = new RawConnection(connect({ host: '127.0.0.1', port: server.port }));
  client.socket.write('set a 0 0 5\r\nhello\r\nget a\r\nget b\r\n');
  await until('the answers', 5_000, () => client.answer.endsWith('END\r\nEND\r\n'));
  const look = () => probing(kind, { host: '127.0.0.1', port: server.port });
  const result = await look();
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['memcached_current_items'], 1);
  assert.equal(values['memcached_commands_total{command="get",status="hit"}'], 1);
  assert.equal(values['memcached_commands_total{command="get",status="miss"}'], 1);
  assert.equal(values['memcached_commands_total{command="set",status="hit"}'], 1);
  assert.equal(values['memcached_limit_bytes'], 64 * 1_048_576);
  assert.equal(values['memcached_max_connections'], 1_024);
  assert.match(String(result.details['version']), /^1\.\d/);
  await server.stop();
  assertFailed(await look(), 'refused');
});

test('a login is wanted, refused, taken', async () => {
  await using server = await startMemcached({ login: 'probe:secret' });
  const look = (more = {}) => probing(kind, { host: '127.0.0.1', port: server.port, ...more });
  assertFailed(await look(), 'auth', /wants a user/);
  const said = assertFailed(await look({ username: 'probe', password: 'guess-me' }), 'auth', /refused/);
  assert.doesNotMatch(said, /guess-me/);
  assertWell(await look({ username: 'probe', password: 'secret' }));
});

test('over TLS, with its certificate', async () => {
  using authority = makeAuthority();
  await using server = await startMemcached({ identity: authority.issue('localhost') });
  const look = (host: string, tls_ca: string, tls = true) =>
    probing(kind, { host, port: server.port, tls, tls_ca });
  assertWell(await look('localhost', authority.ca));
  assertFailed(await look('127.0.0.1', authority.ca), 'tls', /not for 127\.0\.0\.1/);
  assertFailed(await look('localhost', ''), 'tls');
  assertFailed(await look('localhost', '', false), 'protocol');
});
