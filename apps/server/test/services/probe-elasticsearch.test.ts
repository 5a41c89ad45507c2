/**
 * The Elasticsearch probe against real nodes of Elasticsearch, and of OpenSearch where there are users and TLS. API keys
 * and a cluster that is asked too often are left to the double: the one needs Elasticsearch's own distribution, the
 * other a load.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elasticsearch } from '../../src/probes/kinds/elasticsearch/probe.ts';
import type { ProbeResult } from '../../src/probes/run-once.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { passedBy } from '../../src/probes/threshold.ts';
import { onceConnected } from '../support/established.ts';
import { halt } from '../support/halted.ts';
import { withUsers } from '../support/peers/opensearch-users.ts';
import {
  ELASTICSEARCH,
  noSearch,
  OPENSEARCH,
  type SearchNode,
  startSearchNode,
} from '../support/peers/search-node.ts';
import { until } from '../support/until.ts';

const missing = { elasticsearch: await noSearch(ELASTICSEARCH), opensearch: await noSearch(OPENSEARCH) };
for (const [name, why] of Object.entries(missing))
  if (why !== null) console.error(`NOT TESTED against a real ${name}: ${why}`);

const look = ({ port }: SearchNode, timeout = 5_000): Promise<ProbeResult> =>
  probing(elasticsearch, { url: `http://127.0.0.1:${port}` }, { timeout });

/** One number of the health. */
function told(result: ProbeResult, name: string): number | undefined {
  return valuesOf(result)[`elasticsearch_cluster_health_${name}`];
}

function levelsOf({ samples }: ProbeResult): string[] {
  return passedBy(elasticsearch.thresholds, samples).map(({ level }) => level);
}

async function makeIndex({ port }: SearchNode, name: string, settings: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/${name}?timeout=1s&wait_for_active_shards=0`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ settings: { number_of_shards: 1, ...settings } }),
  });
  assert.equal(response.status, 200, await response.text());
}

function untilTold(node: SearchNode, name: string, wanted: number): Promise<ProbeResult> {
  return until(`${name} is ${wanted}`, 20_000, async () => {
    const result = await look(node);
    return told(result, name) === wanted && result;
  });
}

const ofElasticsearch = { skip: missing.elasticsearch ?? false };

test('one node: green, yellow, red, hanging, killed in the middle, gone', ofElasticsearch, async () => {
  await using node = await startSearchNode(ELASTICSEARCH);
  const green = await look(node);
  assertWell(green);
  assert.deepEqual(valuesOf(green), {
    'elasticsearch_cluster_health_status{color="green"}': 1,
    'elasticsearch_cluster_health_status{color="yellow"}': 0,
    'elasticsearch_cluster_health_status{color="red"}': 0,
    elasticsearch_cluster_health_number_of_nodes: 1,
    elasticsearch_cluster_health_number_of_data_nodes: 1,
    elasticsearch_cluster_health_active_primary_shards: 0,
    elasticsearch_cluster_health_active_shards: 0,
    elasticsearch_cluster_health_relocating_shards: 0,
    elasticsearch_cluster_health_initializing_shards: 0,
    elasticsearch_cluster_health_unassigned_shards: 0,
    elasticsearch_cluster_health_delayed_unassigned_shards: 0,
    elasticsearch_cluster_health_number_of_pending_tasks: 0,
    elasticsearch_cluster_health_number_of_in_flight_fetch: 0,
    elasticsearch_cluster_health_task_max_waiting_in_queue_millis: 0,
  });
  assert.equal(green.details['version'], ELASTICSEARCH.version);
  assert.equal(green.details['cluster_name'], 'elasticsearch');

  await makeIndex(node, 'copied', { number_of_replicas: 1 });
  const yellow = await untilTold(node, 'active_primary_shards', 1);
  assertWell(yellow);
  assert.deepEqual(levelsOf(yellow), ['warning']);
  assert.equal(told(yellow, 'status{color="yellow"}'), 1);
  assert.equal(told(yellow, 'unassigned_shards'), 1);

  await makeIndex(node, 'nowhere', { number_of_replicas: 0, 'routing.allocation.require._name': 'nobody' });
  const red = await untilTold(node, 'status{color="red"}', 1);
  assertFailed(red, 'unhealthy', /the cluster elasticsearch is red: 2 shards/);

  await halt(node);
  const hung = await look(node, 300);
  assertFailed(hung, 'timeout');
  assert.equal(hung.failure?.phase, 'processing');
  const cut = await onceConnected(node.port, () => look(node));
  node.signal('SIGKILL');
  assertFailed(await cut.run, 'protocol', /closed the connection without an answer/);
  await node.stop();
  assertFailed(await look(node), 'refused');
});

test('two nodes: one that is lost, and one that has lost its master', ofElasticsearch, async () => {
  const first = { 'node.name': 'first', 'cluster.initial_master_nodes.0': 'first' };
  await using master = await startSearchNode(ELASTICSEARCH, { settings: first });
  const second = { 'node.name': 'second', 'discovery.seed_hosts.0': master.transport };
  await using lost = await startSearchNode(ELASTICSEARCH, { settings: second });
  await makeIndex(master, 'copied', { number_of_replicas: 1 });
  const both = await untilTold(lost, 'active_shards', 2);
  assertWell(both);
  assert.deepEqual(levelsOf(both), []);
  assert.equal(told(both, 'number_of_nodes'), 2);
  lost.signal('SIGKILL');
  const alone = await untilTold(master, 'number_of_nodes', 1);
  assertWell(alone);
  assert.deepEqual(levelsOf(alone), ['warning']);
  assert.equal(told(alone, 'status{color="yellow"}'), 1);
  assert.equal(told(alone, 'delayed_unassigned_shards'), 1);

  const third = { 'node.name': 'third', 'discovery.seed_hosts.0': master.transport };
  await using orphan = await startSearchNode(ELASTICSEARCH, { settings: third });
  assertWell(await look(orphan));
  master.signal('SIGKILL');
  const without = await until('it has noticed', 20_000, async () => {
    const result = await look(orphan, 2_000);
    return result.failure !== null && result;
  });
  assertFailed(without, 'unhealthy', /503 \(master_not_discovered_exception/);
});

test('users and certificates of OpenSearch', { skip: missing.opensearch ?? false }, async () => {
  using authority = makeAuthority();
  const identity = authority.issue('127.0.0.1');
  await using node = await startSearchNode(OPENSEARCH, withUsers(authority.ca, identity));
  const as = (login: string, more: object = {}): Promise<ProbeResult> => {
    const url = `https://${login}127.0.0.1:${node.port}`;
    return probing(elasticsearch, { url, tls_ca: authority.ca, ...more });
  };
  // Until it has read its users it answers 503 to all.
  const well = await until('it knows its users', 30_000, async () => {
    const result = await as('watcher:right@');
    if (result.failure !== null) assertFailed(result, 'unhealthy', /503/);
    return result.failure === null && result;
  });
  assert.equal(told(well, 'number_of_nodes'), 1);
  assert.equal(well.details['version'], OPENSEARCH.version);
  const said = assertFailed(await as('watcher:wr0ng@'), 'auth');
  assert.ok(!said.includes('wr0ng'), said);
  assertFailed(await as(''), 'auth');
  assertFailed(await as('stranger:right@'), 'forbidden', /no permissions for \[cluster:monitor\/health\]/);
  assertFailed(await as('watcher:right@', { tls_ca: '' }), 'tls', /not trusted/);
  const name = `https://localhost:${node.port}`;
  assertFailed(await as('', { url: name }), 'tls', /not for localhost/);
  assertFailed(await look(node), 'protocol');
});
