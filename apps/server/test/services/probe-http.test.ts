/** The HTTP probe against a real nginx. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { http } from '../../src/probes/kinds/http/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startNginx } from '../support/peers/nginx.ts';

test('nginx that is well, with what it measured', async () => {
  await using nginx = await startNginx();
  const result = await probing(http, {
    url: `${nginx.url}/health`,
    header_matches: { server: '^nginx/', 'content-type': 'json' },
    contains: '"version"',
    json: { '$.status': 'ok', '$.checks[0].up': true },
    endpoints: ['/page', '/private', '/broken'],
  });
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['probe_http_status_code'], 200);
  assert.equal(values['probe_http_endpoint_up{endpoint="/page"}'], 1);
  assert.equal(values['probe_http_endpoint_up{endpoint="/private"}'], 1);
  assert.equal(values['probe_http_endpoint_up{endpoint="/broken"}'], 0);
  assert.ok((values['probe_http_response_seconds'] ?? 9) < 2);
  assert.equal(result.details['version'], '2.0.1');
  await nginx.stop();
  assertFailed(
    await probing(http, { url: `${nginx.url}/health` }),
    'refused',
    /localhost:\d+|127\.0\.0\.1:\d+/,
  );
});

test('each thing that nginx can do wrong has its reason', async () => {
  await using nginx = await startNginx();
  const cases: [string, Record<string, unknown>, string, RegExp][] = [
    ['/broken', {}, 'unhealthy', /answered 500/],
    ['/upstream', {}, 'unhealthy', /answered 502/],
    ['/busy', {}, 'limit', /429/],
    ['/private', {}, 'auth', /401/],
    ['/forbidden', {}, 'forbidden', /403/],
    ['/nowhere', {}, 'assertion', /404; wanted 200-299/],
    ['/drop', {}, 'protocol', /closed the connection without an answer/],
    ['/loop', {}, 'assertion', /more than 5 redirects/],
    ['/away', {}, 'assertion', /another host \(http:\/\/elsewhere\.example\)/],
    ['/page', { contains: 'a page of apache' }, 'assertion', /does not hold/],
    ['/page', { json: { status: 'ok' } }, 'assertion', /no JSON/],
  ];
  for (const [path, settings, reason, message] of cases) {
    assertFailed(await probing(http, { url: nginx.url + path, ...settings }), reason, message);
  }
  const slow = await probing(http, { url: `${nginx.url}/slow` }, { timeout: 500 });
  assertFailed(slow, 'timeout', /no answer within 0.5 s \((processing|transfer)\)/);
  assertWell(await probing(http, { url: `${nginx.url}/moved`, contains: 'a page' }));
  const url = nginx.url.replace('//', '//joe:geheim@');
  assertWell(await probing(http, { url: `${url}/private`, contains: 'a page' }));
  assertFailed(await probing(http, { url: `${url.replace('geheim', 'falsch')}/private` }), 'auth');
});

test('an answer of a gigabyte costs neither time nor memory', async () => {
  await using nginx = await startNginx();
  const before = process.memoryUsage().rss;
  const result = await probing(http, { url: `${nginx.url}/big` });
  assertWell(result);
  assert.equal(result.details['truncated'], true);
  assert.ok(result.duration < 2_000, `${result.duration} ms`);
  assert.ok(process.memoryUsage().rss - before < 100_000_000);
});

test('certificates of nginx: trusted, not trusted, expired, of somebody else; TLS where there is none', async () => {
  using authority = makeAuthority();
  const { ca: tls_ca } = authority;
  const cases: [string, number, Record<string, unknown>, RegExp | null][] = [
    ['localhost', 30, { tls_ca }, null],
    ['localhost', 30, {}, /not trusted/],
    ['localhost', -1, { tls_ca }, /expired/],
    ['elsewhere.example', 30, { tls_ca }, /not for localhost but for elsewhere\.example/],
  ];
  for (const [name, days, settings, message] of cases) {
    await using nginx = await startNginx(authority.issue(name, days));
    const result = await probing(http, { url: `${nginx.secureUrl}/health`, ...settings });
    if (message === null) assertWell(result);
    else assertFailed(result, 'tls', message);
    const left = valuesOf(result)['probe_ssl_days_left'] ?? Number.NaN;
    assert.ok(Math.abs(left - days) < 1, `${left}`);
    const plain = nginx.url.replace('http:', 'https:');
    assertFailed(await probing(http, { url: plain }), 'protocol', /does not speak TLS/);
    const confused = `${nginx.secureUrl?.replace('https:', 'http:')}/health`;
    assertFailed(await probing(http, { url: confused }), 'assertion', /400/);
  }
});
