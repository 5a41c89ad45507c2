/** The ZooKeeper probe against a real ZooKeeper. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zookeeper as kind } from '../../src/probes/kinds/zookeeper/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startZooKeeper } from '../support/peers/zookeeper.ts';

const look = (port: number) => probing(kind, { host: '127.0.0.1', port });

test('a server that serves, and one that is stopped', async () => {
  await using server = await startZooKeeper();
  const result = await look(server.port);
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['zk_ruok'], 1);
  assert.equal(values['zk_server_state{state="standalone"}'], 1);
  assert.equal(values['zk_server_state{state="leader"}'], 0);
  // Those that every ZooKeeper has at its start: /zookeeper, /zookeeper/quota, /zookeeper/config, /.
  assert.ok((values['zk_znode_count'] ?? 0) >= 4);
  assert.equal(values['zk_outstanding_requests'], 0);
  assert.match(String(result.details['version']), /^3\.\d/);
  assert.equal(result.details['state'], 'standalone');
  await server.stop();
  assertFailed(await look(server.port), 'refused');
});

test('a server without its quorum is there and serves nobody', async () => {
  await using server = await startZooKeeper({ quorum: true });
  assertFailed(await look(server.port), 'unhealthy', /no quorum/);
});

test('a command that is not allowed is a matter of settings', async () => {
  await using server = await startZooKeeper({ whitelist: 'srvr' });
  assertFailed(await look(server.port), 'config', /4lw\.commands\.whitelist/);
});
