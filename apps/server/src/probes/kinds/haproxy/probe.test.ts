import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { listening, tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { rowsOf } from './csv.ts';
import { haproxy } from './probe.ts';

const HEAD = '# pxname,svname,qcur,scur,status,act,chkfail,last_chk,hrsp_5xx,\n';
const STATISTICS = `${HEAD}web,FRONTEND,,3,OPEN,,,,7,
app,a,0,1,UP 1/3,1,4,"Layer7 wrong status, ""code"" 500",,
app,b,0,0,DOWN,1,9,,,
app,c,0,0,MAINT,1,0,,,
app,BACKEND,2,1,UP,1,,,8,
gone,d,0,0,DOWN,1,1,,,
gone,BACKEND,0,0,DOWN,0,,,0,
`;

test('statistics are measured by the names of their columns', async () => {
  await using peer = await listening(createHttpServer((_, response) => response.end(STATISTICS)));
  const url = `http://127.0.0.1:${peer.port}/stats`;
  const result = await probing(haproxy, { url, backends: ['app'] });
  assertWell(result);
  const values = valuesOf(result);
  const wanted: Record<string, number> = {
    'haproxy_frontend_status{proxy="web",state="UP"}': 1,
    'haproxy_frontend_current_sessions{proxy="web"}': 3,
    'haproxy_backend_active_servers{proxy="app"}': 1,
    'haproxy_backend_current_queue{proxy="app"}': 2,
    'haproxy_backend_http_responses_total{proxy="app",code="5xx"}': 8,
    'haproxy_server_status{proxy="app",server="a",state="UP"}': 1,
    'haproxy_server_status{proxy="app",server="b",state="DOWN"}': 1,
    'haproxy_server_status{proxy="app",server="c",state="MAINT"}': 1,
    'haproxy_server_check_failures_total{proxy="app",server="b"}': 9,
    'haproxy_server_up{backend="app",server="b"}': 0,
    'haproxy_backend_up{backend="gone"}': 0,
  };
  for (const [name, value] of Object.entries(wanted)) assert.equal(values[name], value, name);
  assert.equal(values['haproxy_frontend_current_queue{proxy="web"}'], undefined);
  assertFailed(await probing(haproxy, { url }), 'unhealthy', /backend gone is DOWN \(d DOWN\)/);
  assertFailed(await probing(haproxy, { url, backends: ['none'] }), 'not_found', /no backend none/);
});

test('fields with commas and quotes are one', () => {
  assert.equal(rowsOf(STATISTICS)[1]?.get('last_chk'), 'Layer7 wrong status, "code" 500');
  assert.equal(rowsOf(STATISTICS)[1]?.get('hrsp_5xx'), undefined);
});

test('what is no HAProxy is never well', async () => {
  const cases: [number, string, string][] = [
    [200, '<html>', 'protocol'],
    [200, '', 'protocol'],
    [401, '', 'auth'],
    [503, '', 'unhealthy'],
    [200, STATISTICS.repeat(20_000), 'protocol'],
  ];
  for (const [status, body, reason] of cases) {
    await using peer = await listening(
      createHttpServer((_, response) => response.writeHead(status).end(body)),
    );
    assertFailed(await probing(haproxy, { url: `http://127.0.0.1:${peer.port}/` }), reason);
    await peer.allClosed();
  }
});

test('peers that hang, reset or are not there, over TCP', async () => {
  const cases: [(socket: Socket) => void, string][] = [
    [() => undefined, 'timeout'],
    [(socket) => socket.resetAndDestroy(), 'protocol'],
    [(socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n# px'), 'reset'],
  ];
  for (const [behave, reason] of cases) {
    await using peer = await tcpPeer((socket) => socket.once('data', () => behave(socket)));
    const url = `http://127.0.0.1:${peer.port}/stats`;
    assertFailed(await probing(haproxy, { url }, { timeout: 300 }), reason);
    await peer.allClosed();
  }
});

test('a unix socket that is right, silent, wrong, or not there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-haproxy-'));
  const path = join(folder, 'admin.sock');
  const url = `unix://${path}`;
  assertFailed(await probing(haproxy, { url }), 'refused', /no socket/);
  const cases: [(socket: Socket) => void, string | null][] = [
    [(socket) => socket.end(STATISTICS), null],
    [(socket) => socket.end('Permission denied\n\n'), 'protocol'],
    [(socket) => socket.end(), 'protocol'],
    [() => undefined, 'timeout'],
  ];
  for (const [behave, reason] of cases) {
    const open = new Set<Socket>();
    const server = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => undefined).once('data', () => behave(socket));
    }).listen(path);
    await new Promise((resolve) => server.once('listening', resolve));
    const result = await probing(haproxy, { url, backends: ['app'] }, { timeout: 300 });
    if (reason === null) assertWell(result);
    else assertFailed(result, reason);
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
  rmSync(folder, { recursive: true });
});
