/** Against a double of the engine's API; the real engine is a service test. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { listening, type Peer, tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { passedBy } from '../../threshold.ts';
import { docker } from './probe.ts';

interface Doubled {
  State: Record<string, unknown>;
  RestartCount?: number;
}

const STATS = {
  cpu_stats: { cpu_usage: { total_usage: 2_000_000_000 } },
  memory_stats: { usage: 1_000, limit: 9_000, stats: { inactive_file: 400 } },
};

/** A double of an engine with these containers by name; asks of its methods and paths are kept. */
async function engine(found: Record<string, Doubled>, stats: unknown = STATS) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const [, kind, id = '', part = ''] = (request.url ?? '').split(/[/?]/);
    const send = (body: unknown) => response.end(JSON.stringify(body));
    response.setHeader('api-version', '1.41');
    if (kind === '_ping') return response.end('OK');
    if (kind === 'version') return send({ Version: '20.10.24' });
    if (id === 'json') {
      const line = ([name, { State }]: [string, Doubled]) => ({
        Id: name,
        Names: [`/${name}`],
        Image: 'shop:1',
        State: State['Status'],
      });
      return send(Object.entries(found).map(line));
    }
    if (found[id] === undefined || id === 'fleeting') return response.writeHead(404).end('{}');
    return send(part === 'stats' ? stats : found[id]);
  });
  return { ...(await listening(server)), asked };
}

const at = (peer: Peer) => ({ url: `http://127.0.0.1:${peer.port}` });
const RUNNING = { State: { Status: 'running', Health: { Status: 'healthy' } }, RestartCount: 2 };

test('containers are measured, by GET alone', async () => {
  await using peer = await engine({
    web: RUNNING,
    job: { State: { Status: 'exited', ExitCode: 0 } },
    fleeting: RUNNING,
  });
  const memory = new Map<string, unknown>();
  const result = await probing(docker, { ...at(peer), containers: [] }, { memory });
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['container_up{name="web",image="shop:1"}'], 1);
  assert.equal(values['container_up{name="job",image="shop:1"}'], 0);
  assert.equal(values['container_health{name="web",status="healthy"}'], 1);
  assert.equal(values['container_health{name="job",status="healthy"}'], undefined);
  assert.equal(values['container_memory_working_set_bytes{name="web"}'], 600);
  assert.equal(values['container_cpu_usage_seconds_total{name="web"}'], 2);
  assert.equal(values['docker_containers{state="exited"}'], 1);
  assert.equal(values['container_restarts_recent{name="web"}'], undefined);
  assert.equal(result.details['version'], '20.10.24');
  assert.ok(peer.asked.every((line) => line.startsWith('GET ')));
  memory.set('gone', {});
  memory.set('web', { restarts: 1, cpu: 1, at: Date.now() - 10_000 });
  const next = await probing(docker, at(peer), { memory });
  assert.equal(valuesOf(next)['container_restarts_recent{name="web"}'], 1);
  const cores = valuesOf(next)['container_cpu_usage_cores{name="web"}'] ?? 0;
  assert.ok(cores > 0.08 && cores < 0.12, `${cores}`);
  assert.equal(passedBy(docker.thresholds, next.samples)[0]?.level, 'warning');
  assert.deepEqual([...memory.keys()].sort(), ['job', 'web']);
  await peer.allClosed();
});

test('a container that must run and does not', async () => {
  const cases: [Record<string, unknown>, string, RegExp][] = [
    [{ Status: 'exited', ExitCode: 3 }, 'unhealthy', /web is exited \(exit code 3\)/],
    [{ Status: 'exited', ExitCode: 137, OOMKilled: true }, 'unhealthy', /out of memory/],
    [{ Status: 'restarting', ExitCode: 1 }, 'unhealthy', /web is restarting/],
    [{ Status: 'paused' }, 'unhealthy', /web is paused/],
    [
      { Status: 'running', Health: { Status: 'unhealthy', FailingStreak: 4 } },
      'unhealthy',
      /web is unhealthy \(its check failed 4 times in a row\)/,
    ],
  ];
  for (const [State, reason, message] of cases) {
    await using peer = await engine({ web: { State }, other: RUNNING });
    assertFailed(await probing(docker, { ...at(peer), containers: ['other', 'web'] }), reason, message);
    assertWell(await probing(docker, { ...at(peer), containers: ['other'] }));
    assertFailed(await probing(docker, { ...at(peer), containers: ['none'] }), 'not_found', /none/);
  }
});

test('what is no engine is never well', async () => {
  const cases: [number, string, string][] = [
    [200, 'OK', 'protocol'],
    [403, '', 'forbidden'],
    [500, '', 'unhealthy'],
  ];
  for (const [status, body, reason] of cases) {
    await using peer = await listening(createServer((_, response) => response.writeHead(status).end(body)));
    assertFailed(await probing(docker, at(peer)), reason);
  }
  await using odd = await engine({ web: RUNNING }, { cpu_stats: 'none' });
  assertFailed(await probing(docker, at(odd)), 'protocol', /stats does not answer as a Docker engine/);
});

test('peers that hang, reset or are not there, over TCP and on a socket', async () => {
  const cases: [(socket: Socket) => void, string][] = [
    [() => undefined, 'timeout'],
    [(socket) => socket.resetAndDestroy(), 'protocol'],
    [(socket) => socket.write('-ERR\r\n'), 'protocol'],
  ];
  for (const [behave, reason] of cases) {
    await using peer = await tcpPeer((socket) => socket.once('data', () => behave(socket)));
    assertFailed(await probing(docker, at(peer), { timeout: 300 }), reason);
    await peer.allClosed();
  }
  const folder = mkdtempSync(join(tmpdir(), 'vigie-docker-'));
  assertFailed(await probing(docker, { url: `unix://${folder}/none.sock` }), 'refused', /no socket/);
  rmSync(folder, { recursive: true });
});
