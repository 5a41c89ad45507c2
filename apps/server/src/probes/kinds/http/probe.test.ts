import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { test } from 'node:test';
import { makeAuthority } from '../../testing/certificates.ts';
import { listening, type Peer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { http } from './probe.ts';

function serving(listener: RequestListener): Promise<Peer> {
  return listening(createServer(listener));
}

const body = JSON.stringify({ status: 'ok', version: '1.4.2', checks: [{ up: true, n: 3 }], 'a.b': null });

function healthy(): Promise<Peer> {
  return serving((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-app', 'shop 1.4');
    response.end(body);
  });
}

test('an answer that is as wanted is well, with its measurements', async () => {
  await using peer = await healthy();
  const result = await probing(http, {
    url: `http://localhost:${peer.port}/health`,
    header_matches: { 'X-App': '^shop', 'content-type': '' },
    contains: '"status":"ok"',
    matches: 'v\\w+ion',
    matches_not: 'error',
    json: { '$.status': 'ok', 'checks[0].up': true, 'checks[0].n': 3, "$['a.b']": null, version: '~^1\\.' },
    max_seconds: 4,
  });
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['probe_http_status_code'], 200);
  assert.equal(values['probe_http_uncompressed_body_length'], body.length);
  assert.equal(values['probe_failed_due_to_regex'], 0);
  assert.ok('probe_http_duration_seconds{phase="processing"}' in values);
  assert.equal(result.details['version'], '1.4.2');
  assert.equal(typeof result.details['response_time_ms'], 'number');
  await peer.allClosed();
});

test('an answer that is not as wanted fails with what came instead', async () => {
  await using peer = await healthy();
  const url = `http://127.0.0.1:${peer.port}/health`;
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ status: '201, 3xx' }, /answered 200; wanted 201, 3xx/],
    [{ header_matches: { 'x-none': '' } }, /no header x-none/],
    [{ header_matches: { 'x-app': '^cart' } }, /x-app is shop 1.4; wanted \^cart/],
    [{ contains: 'nowhere' }, /does not hold the text nowhere/],
    [{ matches: 'no+where' }, /does not match no\+where/],
    [{ matches_not: '"ok"' }, /matches "ok"/],
    [{ json: { '$.status': 'bad' } }, /\$\.status is "ok"; wanted bad/],
    [{ json: { '$.checks[1].up': true } }, /has no \$\.checks\[1\]\.up/],
    [{ json: { '$.__proto__': 'x' } }, /has no/],
    [{ json: { '$.version': '~^2' } }, /wanted ~\^2/],
    [{ max_seconds: 0.000001 }, /took .* s; wanted 0.000001 s at most/],
  ];
  for (const [settings, message] of cases) {
    const result = await probing(http, { url, ...settings });
    assertFailed(result, 'assertion', message);
    assert.equal(valuesOf(result)['probe_http_status_code'], 200);
  }
});

test('statuses that say why have their reasons', async () => {
  const cases: [number, string][] = [
    [401, 'auth'],
    [403, 'forbidden'],
    [404, 'assertion'],
    [429, 'limit'],
    [503, 'unhealthy'],
  ];
  for (const [status, reason] of cases) {
    await using peer = await serving((_, response) => response.writeHead(status).end());
    assertFailed(
      await probing(http, { url: `http://127.0.0.1:${peer.port}/` }),
      reason,
      new RegExp(`${status}`),
    );
  }
});

test('JSON is asked of an answer that has none', async () => {
  await using peer = await serving((_, response) => response.end('<html>'));
  const url = `http://127.0.0.1:${peer.port}/`;
  assertFailed(await probing(http, { url, json: { status: 'ok' } }), 'assertion', /no JSON/);
});

test('redirects are followed on the same host only, and not for ever', async () => {
  const seen: string[] = [];
  await using other = await serving((request, response) => {
    seen.push(String(request.headers.authorization));
    response.end('other');
  });
  await using peer = await serving((request, response) => {
    const to: Record<string, string> = {
      '/a': '/b',
      '/away': `http://127.0.0.1:${other.port}/`,
      '/loop': '/loop',
      '/file': 'file:///etc/passwd',
    };
    const location = to[request.url ?? ''];
    if (location === undefined) response.end(`${request.method} there`);
    else response.writeHead(302, { location }).end();
  });
  const at = (path: string): string => `http://joe:secret@127.0.0.1:${peer.port}${path}`;
  const followed = await probing(http, { url: at('/a'), contains: 'GET there' });
  assertWell(followed);
  assert.equal(valuesOf(followed)['probe_http_redirects'], 1);
  const away = await probing(http, { url: at('/away') });
  assertFailed(
    away,
    'assertion',
    /redirect to another host \(http:\/\/127\.0\.0\.1:\d+\), which is not followed/,
  );
  assertFailed(await probing(http, { url: at('/file') }), 'assertion', /another host/);
  assertFailed(await probing(http, { url: at('/loop') }), 'assertion', /more than 5 redirects/);
  assertWell(await probing(http, { url: at('/loop'), redirects: 0, status: '302' }));
  assert.deepEqual(seen, []);
});

test('an answer without end is read to the limit, and well unless more is asked of it', async () => {
  await using peer = await serving((_, response) => {
    const write = (): void => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', write);
    };
    write();
  });
  const url = `http://127.0.0.1:${peer.port}/`;
  const result = await probing(http, { url });
  assertWell(result);
  assert.equal(result.details['truncated'], true);
  assertFailed(await probing(http, { url, contains: 'the end' }), 'assertion', /in its first 1048576 bytes/);
  await peer.allClosed();
});

test('critical endpoints are told one by one, and fail nothing', async () => {
  await using peer = await serving((request, response) => {
    if (request.url === '/hangs') return;
    response.writeHead(request.url === '/broken' ? 500 : request.url === '/login' ? 401 : 200).end();
  });
  const url = `http://127.0.0.1:${peer.port}/health`;
  const endpoints = ['/ok', '/login', '/broken', '/hangs'];
  const result = await probing(http, { url, endpoints }, { timeout: 2_000 });
  assertWell(result);
  const values = valuesOf(result);
  assert.deepEqual(
    endpoints.map((endpoint) => values[`probe_http_endpoint_up{endpoint="${endpoint}"}`]),
    [1, 1, 0, 0],
  );
  const told = JSON.stringify(result.details['endpoints']);
  assert.match(told, /{"endpoint":"\/broken","status_code":500,"healthy":false}/);
  assert.match(told, /{"endpoint":"\/hangs","status_code":0,"healthy":false,"error":"no answer within/);
  await peer.allClosed();
});

test('secrets come into the address and the headers, and out nowhere', async () => {
  await using peer = await serving((request, response) => {
    const { authorization, 'x-token': token } = request.headers;
    const login = `Basic ${Buffer.from('joe:geheim').toString('base64')}`;
    response.writeHead(authorization === login && token === 'geheim' ? 200 : 401).end();
  });
  const url = `http://joe:\${secret:PW}@127.0.0.1:${peer.port}/`;
  const headers = { 'x-token': `\${secret:PW}` };
  assertWell(await probing(http, { url, headers }, { secret: () => 'geheim' }));
  assertFailed(await probing(http, { url, headers }, { secret: () => 'falsch' }), 'auth');
  assertFailed(await probing(http, { url, headers }), 'config', /no secret PW/);
  assert.equal(http.open({ url }).instance, `127.0.0.1:${peer.port}`);
});

test('certificates are judged, and told also when they are refused', async () => {
  using authority = makeAuthority();
  const { ca } = authority;
  const good = authority.issue('localhost');
  const expired = authority.issue('localhost', -1);
  const cases: [string, typeof good, Record<string, unknown>, RegExp | null][] = [
    ['good', good, { tls_ca: ca }, null],
    ['good without trust', good, {}, /not trusted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/],
    ['good, anything goes', good, { tls_verify: false }, null],
    ['expired', expired, { tls_ca: ca }, /of localhost has expired \(20/],
    [
      'elsewhere',
      authority.issue('elsewhere.example'),
      { tls_ca: ca },
      /not for localhost but for elsewhere\.example/,
    ],
    ['self-signed', authority.selfSigned('localhost'), {}, /self-signed/],
  ];
  for (const [name, certificate, settings, message] of cases) {
    await using peer = await listening(createSecureServer(certificate, (_, response) => response.end('ok')));
    const result = await probing(http, { url: `https://localhost:${peer.port}/`, ...settings });
    if (message === null) assertWell(result);
    else assertFailed(result, 'tls', message);
    const days = valuesOf(result)['probe_ssl_days_left'] ?? Number.NaN;
    assert.ok(name === 'expired' ? days < 0 : days > 28 && days < 31, `${name}: ${days}`);
    await peer.allClosed();
  }
});

test('an address that may not be reached is not connected to', async () => {
  await using peer = await healthy();
  const rules = () => ({ allowPrivate: false, allow: [] });
  const url = `http://localhost:${peer.port}/`;
  assertFailed(await probing(http, { url, endpoints: ['/x'] }, { rules }), 'config', /private/);
  assertFailed(await probing(http, { url: 'http://169.254.169.254/latest' }), 'config', /refused/);
  assert.equal(peer.made(), 0);
});

test('a path, which may be a secret, is told to nobody', async () => {
  await using peer = await serving((request, response) => {
    if (request.url?.includes('loop')) response.writeHead(302, { location: '/loop-s3cret' });
    else response.writeHead(500);
    response.end();
  });
  for (const path of ['/s3cret', '/loop', '/%s3cret?s3cret=1']) {
    const result = await probing(http, { url: `http://127.0.0.1:${peer.port}${path}` });
    assert.notEqual(result.failure, null);
    assert.doesNotMatch(JSON.stringify(result), /s3cret/);
  }
});

test('settings that mean nothing are refused', () => {
  const url = 'http://localhost/';
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ url: 'ftp://x/' }, /begins with http/],
    [{ url, status: '200-' }, /such as 200-299/],
    [{ url, status: '299-200' }, /such as 200-299/],
    [{ url, matches: 'a(' }, /no RE2 expression/],
    [{ url, json: { '$.a[': 'x' } }, /no path/],
    [{ url, json: { a: '~(' } }, /no RE2 expression/],
    [{ url, headers: { 'a b': 'x' } }, /header name/],
    [{ url, headers: { 'Transfer-Encoding': 'chunked' } }, /belongs to the connection/],
    [{ url, headers: { a: 'x\r\ny: z' } }, /one line/],
    [{ url, endpoints: ['x'] }, /begins with \//],
    [{ url, stray: 1 }, /stray/],
  ];
  for (const [settings, message] of cases) assert.throws(() => http.open(settings), message);
});
