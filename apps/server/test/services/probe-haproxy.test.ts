/** The HAProxy probe against a real HAProxy. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { haproxy } from '../../src/probes/kinds/haproxy/probe.ts';
import { listening } from '../../src/probes/testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { passedBy } from '../../src/probes/threshold.ts';
import { freePort } from '../support/free-port.ts';
import { startHaproxy } from '../support/peers/haproxy.ts';
import { until } from '../support/until.ts';

test('backends and servers as they come and go', async () => {
  const one = await listening(createServer((_, response) => response.end('one')));
  await using two = await listening(createServer((_, response) => response.end('two')));
  await using proxy = await startHaproxy({ app: [one.port, two.port] });
  const url = proxy.url.replace('//', '//joe:geheim@');
  const well = await probing(haproxy, { url, backends: ['app'] });
  assertWell(well);
  const answer = await fetch(`http://127.0.0.1:${proxy.port}/`);
  assert.equal(answer.status, 200);
  const values = valuesOf(await probing(haproxy, { url }));
  assert.equal(values['haproxy_backend_active_servers{proxy="app"}'], 2);
  assert.equal(values['haproxy_server_status{proxy="app",server="s0",state="UP"}'], 1);
  assert.equal(values['haproxy_backend_http_responses_total{proxy="app",code="2xx"}'], 1);
  assert.deepEqual(passedBy(haproxy.thresholds, well.samples), []);
  await one[Symbol.asyncDispose]();
  await until('a server is down: a warning', 5_000, async () => {
    const result = await probing(haproxy, { url });
    assertWell(result);
    return passedBy(haproxy.thresholds, result.samples)[0]?.level === 'warning';
  });
  await two[Symbol.asyncDispose]();
  const down = await until('the backend is down', 5_000, async () => {
    const result = await probing(haproxy, { url });
    return result.failure === null ? null : result;
  });
  assertFailed(down, 'unhealthy', /the backend app is DOWN \(s0 DOWN, s1 DOWN\)/);
  assert.equal(valuesOf(down)['haproxy_backend_up{backend="app"}'], 0);
});

test('the unix socket says the same; what is wrong has its reason', async () => {
  await using server = await listening(createServer((_, response) => response.end('ok')));
  await using proxy = await startHaproxy({ app: [server.port] });
  const url = proxy.url.replace('//', '//joe:geheim@');
  const bySocket = await probing(haproxy, { url: `unix://${proxy.socketPath}` });
  assertWell(bySocket);
  const names = (result: typeof bySocket) => new Set(result.samples.map(({ name }) => name));
  assert.deepEqual(names(bySocket), names(await probing(haproxy, { url })));
  assertFailed(await probing(haproxy, { url: proxy.url }), 'auth', /401/);
  assertFailed(await probing(haproxy, { url: proxy.url.replace('//', '//joe:falsch@') }), 'auth', /401/);
  assertFailed(await probing(haproxy, { url: url.replace('/stats', '/nowhere') }), 'unhealthy', /503/);
  assertFailed(await probing(haproxy, { url, backends: ['web'] }), 'not_found', /no backend web/);
  assertFailed(await probing(haproxy, { url: url.replace('http:', 'https:') }), 'protocol', /TLS/);
  await proxy.stop();
  assertFailed(await probing(haproxy, { url }), 'refused');
  assertFailed(await probing(haproxy, { url: `unix://${proxy.socketPath}` }), 'refused', /no socket/);
  const nobody = await freePort();
  assertFailed(await probing(haproxy, { url: `http://127.0.0.1:${nobody}/stats` }), 'refused');
});
