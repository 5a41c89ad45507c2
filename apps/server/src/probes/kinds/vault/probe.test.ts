/** Against a double of Vault's endpoints, which answers as its documentation says; the real test is a service test. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { listening, type Peer, tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { passedBy } from '../../threshold.ts';
import { vault } from './probe.ts';

const HEALTH = {
  initialized: true,
  sealed: false,
  standby: false,
  version: '1.18.0',
  cluster_name: 'vault-1',
};

/** A double: the answer of each path, JSON unless it is text. */
function double(
  answers: Record<string, [status: number, body: unknown]>,
): Promise<Peer & { tokens: string[] }> {
  const tokens: string[] = [];
  const server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ''] ?? [404, { errors: [] }];
    const token = request.headers['x-vault-token'];
    if (token !== undefined) tokens.push(String(token));
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return listening(server).then((peer) => ({ ...peer, tokens }));
}

const at = (peer: Peer) => ({ url: `http://127.0.0.1:${peer.port}` });

test('each status has its verdict, and its JSON is read whatever it is', async () => {
  const cases: [number, object, object, string | null][] = [
    [200, {}, {}, null],
    [429, { standby: true }, {}, null],
    [429, { standby: true }, { require_active: true }, 'the node is a standby, and must be the active one'],
    [472, {}, {}, 'the node is a disaster recovery secondary'],
    [472, {}, { allow_secondary: true }, null],
    [473, { standby: true, performance_standby: true }, {}, null],
    [473, {}, { require_active: true }, 'the node is a performance standby, and must be the active one'],
    [474, { standby: true }, {}, null],
    [501, { initialized: false, sealed: true }, {}, 'Vault is not initialised'],
    [503, { sealed: true }, {}, 'Vault is sealed: 1 of 3 keys given (there are 5)'],
    [530, {}, {}, 'the node was removed from its cluster'],
  ];
  for (const [status, health, settings, message] of cases) {
    await using peer = await double({
      '/v1/sys/health': [status, { ...HEALTH, ...health }],
      '/v1/sys/seal-status': [200, { t: 3, n: 5, progress: 1, sealed: true }],
    });
    const result = await probing(vault, { ...at(peer), ...settings });
    assert.equal(result.failure?.message ?? null, message, String(status));
    if (message !== null) assertFailed(result, 'unhealthy');
    assert.equal(result.details['version'], '1.18.0');
    assert.equal(result.details['cluster_name'], 'vault-1');
    assert.equal(valuesOf(result)['vault_sealed'], 'sealed' in health ? 1 : 0);
    const warns = passedBy(vault.thresholds, result.samples).map(({ level }) => level);
    assert.deepEqual(warns, status === 474 ? ['warning'] : []);
    await peer.allClosed();
  }
});

test('a standby is asked for its active node', async () => {
  const cases: [number, unknown, 0 | 1][] = [
    [200, { ha_enabled: true, leader_address: '' }, 0],
    [200, { ha_enabled: true, leader_address: 'http://10.0.0.7:8200' }, 1],
    [404, '', 1],
    [200, '<html>', 1],
  ];
  for (const [status, leader, known] of cases) {
    await using peer = await double({
      '/v1/sys/health': [429, { ...HEALTH, standby: true }],
      '/v1/sys/leader': [status, leader],
    });
    const result = await probing(vault, at(peer));
    assertWell(result);
    assert.equal(valuesOf(result)['vault_active_node_known'], known);
    assert.equal(result.details['role'], known === 1 ? 'standby' : 'standby without its active node');
  }
});

test('a token is sent to its own endpoint alone, and its time measured', async () => {
  const cases: [number, unknown, string | null, number | undefined][] = [
    [200, { data: { ttl: 7_200 } }, null, 7_200],
    [200, { data: { ttl: 0 } }, null, undefined],
    [403, { errors: ['permission denied, invalid token'] }, 'auth', undefined],
    [403, { errors: ['permission denied'] }, 'forbidden', undefined],
    [307, '', 'unhealthy', undefined],
    [500, '', 'unhealthy', undefined],
    [500, { errors: 'none' }, 'unhealthy', undefined],
    [200, { data: {} }, 'protocol', undefined],
    [200, 'nonsense', 'protocol', undefined],
  ];
  for (const [status, body, reason, ttl] of cases) {
    await using peer = await double({
      '/v1/sys/health': [200, HEALTH],
      '/v1/auth/token/lookup-self': [status, body],
    });
    const settings = { ...at(peer), token: `\${secret:TOKEN}` };
    const result = await probing(vault, settings, { secret: () => 'hvs.abc' });
    if (reason === null) assertWell(result);
    else assertFailed(result, reason);
    assert.equal(valuesOf(result)['vault_token_ttl_seconds'], ttl);
    assert.deepEqual(peer.tokens, ['hvs.abc']);
  }
});

test('what is no Vault is never well', async () => {
  const cases: [number, unknown, string][] = [
    [200, '<html>', 'protocol'],
    [200, {}, 'protocol'],
    [200, { initialized: 'yes', sealed: 'no' }, 'protocol'],
    [503, '<html>no server is available', 'unhealthy'],
    [404, '', 'not_found'],
    [403, '', 'forbidden'],
    [302, '', 'protocol'],
  ];
  for (const [status, body, reason] of cases) {
    await using peer = await double({ '/v1/sys/health': [status, body] });
    assertFailed(await probing(vault, at(peer)), reason);
  }
});

test('peers that hang, reset, speak otherwise or are not there', async () => {
  const cases: [(socket: Socket) => void, string][] = [
    [() => undefined, 'timeout'],
    [(socket) => socket.resetAndDestroy(), 'protocol'],
    [(socket) => socket.write('-ERR\r\n'), 'protocol'],
    [(socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{'), 'reset'],
  ];
  for (const [behave, reason] of cases) {
    await using peer = await tcpPeer((socket) => socket.once('data', () => behave(socket)));
    assertFailed(await probing(vault, at(peer), { timeout: 300 }), reason);
    await peer.allClosed();
  }
  const gone = await double({});
  await gone[Symbol.asyncDispose]();
  assertFailed(await probing(vault, at(gone)), 'refused');
});
