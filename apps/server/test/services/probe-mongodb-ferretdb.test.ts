/**
 * The MongoDB probe against a real FerretDB: a server of the same protocol, which has users without roles and tells
 * little of itself. Roles, connections and replica sets are left to MongoDB itself (probe-mongodb.test.ts), which must
 * be installed, and to a double of the protocol.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mongodb } from '../../src/probes/kinds/mongodb/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { halt } from '../support/halted.ts';
import { noFerretDb, startFerretDb } from '../support/peers/ferretdb.ts';

const missing = await noFerretDb();
const options = { skip: missing ?? false };
if (missing !== null) console.error(`NOT TESTED against a real FerretDB: ${missing}`);

const at = (port: number, login = 'watcher:right@') => ({ url: `mongodb://${login}127.0.0.1:${port}/` });

test('well, and what it does not tell is left out', options, async () => {
  await using server = await startFerretDb();
  const result = await probing(mongodb, at(server.port));
  assertWell(result);
  const { mongodb_uptime_seconds: uptime, ...others } = valuesOf(result);
  assert.ok(uptime !== undefined && uptime >= 0 && uptime < 600, String(uptime));
  assert.deepEqual(others, {});
  assert.match(String(result.details['version']), /^7\.0\./);
  assert.deepEqual(result.details['missing_rights'], []);
  const phases = result.phases.map(([name]) => name);
  assert.deepEqual(phases, ['resolve', 'connect', 'greeting', 'auth', 'query']);
});

test('one that calls itself a member of a set, and knows none', options, async () => {
  await using server = await startFerretDb({ set: 'rs0' });
  const result = await probing(mongodb, at(server.port));
  assertWell(result);
  assert.equal(result.details['replica_set'], 'rs0');
});

test('a wrong password, an unknown user, none', options, async () => {
  await using server = await startFerretDb();
  for (const login of ['watcher:wr0ng@', 'nobody:wr0ng@']) {
    const said = assertFailed(
      await probing(mongodb, at(server.port, login)),
      'auth',
      /Authentication failed/,
    );
    assert.ok(!said.includes('wr0ng'), said);
  }
  const nobody = at(server.port, '');
  assertFailed(await probing(mongodb, nobody), 'auth', /requires authentication .*names no user/);
  const allowed = await probing(mongodb, { ...nobody, require_rights: false });
  assertWell(allowed);
  assert.deepEqual(allowed.samples, []);
  assert.deepEqual(allowed.details['missing_rights'], ['clusterMonitor']);
});

test('TLS with a real certificate, or not at all', options, async () => {
  using authority = makeAuthority();
  await using server = await startFerretDb({ identity: authority.issue('127.0.0.1') });
  const trusting = { ...at(server.port), tls: true, tls_ca: authority.ca };
  assertWell(await probing(mongodb, trusting));
  assertWell(await probing(mongodb, { ...trusting, tls: false, url: `${trusting.url}?tls=true` }));
  assertFailed(await probing(mongodb, { ...trusting, tls_ca: '' }), 'tls', /not trusted/);
  const url = trusting.url.replace('127.0.0.1', 'localhost');
  assertFailed(await probing(mongodb, { ...trusting, url }), 'tls', /not for localhost/);
  assertFailed(await probing(mongodb, at(server.port)), 'protocol');
  await using plain = await startFerretDb();
  assertFailed(await probing(mongodb, { ...trusting, ...at(plain.port) }), 'protocol', /TLS/);
});

test('hanging, killed in the middle, gone', options, async () => {
  await using server = await startFerretDb();
  await halt(server);
  const hung = await probing(mongodb, at(server.port), { timeout: 300 });
  assertFailed(hung, 'timeout');
  assert.equal(hung.failure?.phase, 'greeting');
  server.signal('SIGCONT');
  assertWell(await probing(mongodb, at(server.port)));

  const several = Array.from({ length: 20 }, () => probing(mongodb, at(server.port)));
  await Promise.race(several);
  server.signal('SIGKILL');
  const expected = ['well', 'reset', 'protocol', 'refused'];
  for (const { failure } of await Promise.all(several))
    assert.ok(expected.includes(failure?.reason ?? 'well'), failure?.message);
  await server.stop();
  assertFailed(await probing(mongodb, at(server.port)), 'refused');
});
