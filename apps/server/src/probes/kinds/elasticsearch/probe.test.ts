/** Against a double of Elasticsearch's endpoints, which answers as its documentation says. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { certificates } from '../../testing/certificates.ts';
import { listening, type Peer, tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { passedBy } from '../../threshold.ts';
import { elasticsearch } from './probe.ts';

const HEALTH = {
  cluster_name: 'search',
  status: 'green',
  timed_out: false,
  number_of_nodes: 3,
  number_of_data_nodes: 2,
  active_shards: 10,
  unassigned_shards: 0,
};

type Double = Peer & { logins: (string | undefined)[] };

async function double(status: number, body: unknown, root: unknown = {}): Promise<Double> {
  const logins: (string | undefined)[] = [];
  const peer = await listening(
    createServer((request, response) => {
      logins.push(request.headers.authorization);
      const isHealth = /^\/es\/_cluster\/health\?master_timeout=\d+ms$/.test(request.url ?? '');
      const said = isHealth ? body : root;
      response.writeHead(isHealth ? status : 200);
      response.end(typeof said === 'string' ? said : JSON.stringify(said));
    }),
  );
  return { ...peer, logins };
}

const at = (peer: Peer, login = '') => ({ url: `http://${login}127.0.0.1:${peer.port}/es` });

test('green is well, yellow warns, red is a failure', async () => {
  const cases: [string, string | null, string[]][] = [
    ['green', null, []],
    ['yellow', null, ['warning']],
    ['red', 'unhealthy', []],
  ];
  for (const [status, reason, levels] of cases) {
    const root = { version: { number: '8.15.0' } };
    await using peer = await double(200, { ...HEALTH, status, unassigned_shards: 4 }, root);
    const result = await probing(elasticsearch, at(peer));
    if (reason === null) assertWell(result);
    else assertFailed(result, reason, /cluster search is red: 4 shards/);
    const values = valuesOf(result);
    assert.equal(values[`elasticsearch_cluster_health_status{color="${status}"}`], 1);
    assert.equal(values['elasticsearch_cluster_health_number_of_nodes'], 3);
    assert.equal(values['elasticsearch_cluster_health_unassigned_shards'], 4);
    assert.equal(result.details['version'], '8.15.0');
    assert.deepEqual(
      passedBy(elasticsearch.thresholds, result.samples).map(({ level }) => level),
      levels,
    );
    await peer.allClosed();
  }
});

test('users, passwords and keys are sent', async () => {
  await using peer = await double(200, HEALTH, 'no JSON');
  const result = await probing(elasticsearch, at(peer, 'joe:geheim@'));
  assertWell(result);
  assert.equal(result.details['version'], undefined);
  const basic = `Basic ${Buffer.from('joe:geheim').toString('base64')}`;
  assert.deepEqual(peer.logins, [basic, basic]);
  await using other = await double(200, HEALTH);
  assertWell(await probing(elasticsearch, { ...at(other), api_key: 'abc==' }));
  assert.deepEqual(other.logins, ['ApiKey abc==', 'ApiKey abc==']);
});

test('what is no health is never well', async () => {
  const cases: [number, unknown, string][] = [
    [200, '<html>', 'protocol'],
    [200, {}, 'protocol'],
    [200, { ...HEALTH, status: 'purple' }, 'protocol'],
    [401, '', 'auth'],
    [403, '', 'forbidden'],
    [404, '', 'not_found'],
    [429, '', 'limit'],
    [503, { error: { type: 'master_not_discovered_exception' } }, 'unhealthy'],
  ];
  for (const [status, body, reason] of cases) {
    await using peer = await double(status, body);
    assertFailed(await probing(elasticsearch, at(peer)), reason);
  }
});

test('peers that hang, reset, speak otherwise or are not there; certificates', async () => {
  const cases: [(socket: Socket) => void, string][] = [
    [() => undefined, 'timeout'],
    [(socket) => socket.resetAndDestroy(), 'protocol'],
    [(socket) => socket.write('-ERR\r\n'), 'protocol'],
    [(socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{'), 'reset'],
  ];
  for (const [behave, reason] of cases) {
    await using peer = await tcpPeer((socket) => socket.once('data', () => behave(socket)));
    assertFailed(await probing(elasticsearch, at(peer), { timeout: 300 }), reason);
    await peer.allClosed();
  }
  const gone = await double(200, HEALTH);
  await gone[Symbol.asyncDispose]();
  assertFailed(await probing(elasticsearch, at(gone)), 'refused');
  const { ca: tls_ca, good } = certificates();
  await using secure = await listening(
    createSecureServer(good, (_, response) => response.end(JSON.stringify(HEALTH))),
  );
  const url = `https://localhost:${secure.port}`;
  assertWell(await probing(elasticsearch, { url, tls_ca }));
  assertFailed(await probing(elasticsearch, { url }), 'tls', /not trusted/);
});
