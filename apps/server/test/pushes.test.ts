/** Pushgateway's API on a whole server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { snappy } from '@vigie/exposition';
import { START, type TestServer, testServer } from './support/server.ts';

const MINUTE = 60_000;

interface Answer {
  status: number;
  text: string;
}

/** Calls with the key that may write, unless told otherwise. */
function caller(server: TestServer) {
  return async (
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const all = { Authorization: `Bearer ${server.keys.write}`, ...headers };
    const answer = await fetch(server.url + path, {
      method,
      headers: all,
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, text: await answer.text() };
  };
}

/** What is exposed, without the lines about the groups themselves. */
async function exposed(call: ReturnType<typeof caller>): Promise<string[]> {
  const { status, text } = await call('GET', '/pushgateway/metrics');
  assert.equal(status, 200);
  return text.split('\n').filter((line) => line !== '' && !/push_(failure_)?time_seconds/.test(line));
}

test('PUT replaces a group, POST the metrics it names, DELETE ends it', async () => {
  await using server = await testServer();
  const call = caller(server);
  const path = '/metrics/job/backup/host/db1';
  assert.deepEqual(await call('PUT', path, '# TYPE a gauge\n# HELP a An "a"\na 1\na{x="y"} 2\nb 1e9\n'), {
    status: 200,
    text: '',
  });
  const own = 'host="db1",instance="",job="backup"';
  assert.deepEqual(await exposed(call), [
    '# HELP a An "a"',
    '# TYPE a gauge',
    `a{${own}} 1`,
    `a{${own},x="y"} 2`,
    '# TYPE b untyped',
    `b{${own}} 1e+09`,
  ]);
  assert.equal((await call('POST', `/pushgateway${path}`, 'b{job="mine",instance="i"} 3\n')).status, 200);
  assert.deepEqual((await exposed(call)).slice(-2), [
    '# TYPE b untyped',
    'b{host="db1",instance="i",job="backup"} 3',
  ]);
  assert.equal((await call('PUT', '/metrics/host/db1/job/backup', '')).status, 404);
  assert.equal((await call('POST', path, '')).status, 200);
  assert.equal((await exposed(call)).length, 6);
  assert.equal((await call('PUT', path, '')).status, 200);
  assert.deepEqual(await exposed(call), []);
  assert.equal((await call('DELETE', '/metrics/job/backup')).status, 202);
  assert.match((await call('GET', '/pushgateway/metrics')).text, /push_time_seconds\{host="db1"/);
  assert.equal((await call('DELETE', path)).status, 202);
  assert.equal((await call('GET', '/pushgateway/metrics')).text, '');
});

test('what is refused says why, and changes nothing but the time of the failure', async () => {
  await using server = await testServer();
  const call = caller(server);
  await call('PUT', '/metrics/job/j', 'x 1\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_count 2\nh_sum 3\n');
  await call('PUT', '/metrics/job/k', 'y{instance="i"} 1\n');
  const before = await exposed(call);
  const cases: [path: string, body: string, said: RegExp, isParsed: boolean][] = [
    ['/metrics/job/j', 'x 2', /line 1: the last line/, false],
    ['/metrics/job/j', 'a 1\nx{ 2\n', /line 2: /, false],
    ['/metrics/job/j', 'x 2\n# TYPE x gauge\n', /second time/, false],
    ['/metrics/job/j', '# HELP x a\n# HELP x b\n', /second time/, false],
    ['/metrics/job/j', '# TYPE h histogram\nh 2\n', /neither bucket/, false],
    ['/metrics/job/j', '# TYPE s summary\ns{quantile="x"} 2\n', /quantile="x"/, false],
    ['/metrics/job/j', 'x{b="\\xff', /line 1/, false],
    ['/metrics/job/j', '{"my.name"} 2\n', /no name of a metric/, false],
    ['/metrics/job/j', `x{a="${'v'.repeat(2_049)}"} 2\n`, /longer than 2048/, false],
    ['/metrics/job/j', 'x 2 1500000000000\n', /timestamps/, true],
    ['/metrics/job/j', 'x 2\nx{job="other"} 3\n', /twice/, true],
    ['/metrics/job/j', 'x{__y="2"} 3\n', /reserved name: __y/, true],
    ['/metrics/job/l', '# TYPE x counter\nx 1\n', /pushed as counter, and is unknown/, true],
    ['/metrics/job/l', 'h_count 1\n', /part of the histogram "h"/, true],
    ['/metrics/job/l', '# TYPE x summary\nx 1\n', /no number/, false],
    ['/metrics/job/k/instance/i', 'y 2\n', /there in the group \{job="k"\}/, true],
  ];
  for (const [path, body, said, isParsed] of cases) {
    await server.clock.advance(1_000);
    for (const method of ['PUT', 'POST']) {
      const answer = await call(method, path, body);
      assert.equal(answer.status, 400, `${method} ${path} ${body}`);
      assert.match(answer.text, said);
      assert.equal(answer.text.startsWith('pushed metrics are invalid'), isParsed, answer.text);
    }
    assert.deepEqual(await exposed(call), before);
    const failed = new RegExp(
      `push_failure_time_seconds\\{[^}]*\\} ${(server.clock.now() / 1000).toExponential().replace('+', '\\+0')}`,
    );
    assert.equal(failed.test((await call('GET', '/pushgateway/metrics')).text), isParsed, body);
  }
});

test('groups are told apart by the labels of their address', async () => {
  await using server = await testServer();
  const call = caller(server);
  const put = (path: string) => call('PUT', path, 'm 1\n');
  const cases: [path: string, labels: string | RegExp][] = [
    ['/metrics/job@base64/L3Zhci90bXA/x/1', 'instance="",job="/var/tmp",x="1"'],
    ['/metrics/job@base64/L3Zhci90bXA=/x/2', 'instance="",job="/var/tmp",x="2"'],
    ['/metrics/job/j/b@base64/=/a/%C3%A9', 'a="é",b="",instance="",job="j"'],
    ['/metrics/job/j/a/1/', /odd number/],
    ['/metrics/job/j/a/', 'a="",instance="",job="j"'],
    ['/metrics/job/j/job/k/x/1/x/2', 'instance="",job="j",x="2"'],
    ['/metrics/job/j/instance@base64/=', 'instance="",job="j"'],
    ['/metrics/job/', /job is missing/],
    ['/metrics/job@base64/=', /job is missing/],
    ['/metrics/job@base64/!!', /not URL-safe base64/],
    ['/metrics/job@base64/_w', /not URL-safe base64/],
    ['/metrics/job/j/a', /odd number/],
    ['/metrics/job/j%2Fa', /odd number/],
    ['/metrics/job/j/__a/1', /no name of a label/],
    ['/metrics/job/j/a-b/1', /no name of a label/],
    ['/metrics/job/j/a/%00', /zero byte/],
  ];
  for (const [path, labels] of cases) {
    const { status, text } = await put(path);
    if (typeof labels === 'string') {
      assert.equal(status, 200, `${path}: ${text}`);
      assert.deepEqual(await exposed(call), ['# TYPE m untyped', `m{${labels}} 1`]);
      assert.equal((await call('DELETE', path)).status, 202);
    } else {
      assert.equal(status, 400, path);
      assert.match(text, labels);
    }
  }
});

test('a group with a time of its own goes when it is over', async () => {
  await using server = await testServer();
  const call = caller(server);
  assert.equal((await call('PUT', '/metrics/job/a?ttl=1m', 'm 1\n')).status, 200);
  assert.equal((await call('PUT', '/metrics/job/b', 'm 1\n', { 'X-Push-TTL': '120s' })).status, 200);
  assert.equal((await call('PUT', '/metrics/job/c', 'm 1\n')).status, 200);
  for (const ttl of ['0s', '1', '-1h', '401d', 'x'])
    assert.match((await call('PUT', `/metrics/job/c?ttl=${ttl}`, 'm 1\n')).text, /no duration/);
  const jobs = async () =>
    (await exposed(call)).flatMap((line) => /job="(.)"/.exec(line)?.[1] ?? []).join('');
  assert.equal(await jobs(), 'abc');
  await server.clock.advance(MINUTE);
  assert.equal(await jobs(), 'bc');
  // Nothing of it is left: another type is no contradiction any more.
  assert.equal((await call('DELETE', '/metrics/job/c')).status, 202);
  await server.clock.advance(MINUTE);
  assert.equal((await call('PUT', '/metrics/job/d', '# TYPE m gauge\nm 1\n')).status, 200);
  assert.equal(await jobs(), 'd');
  await server.clock.advance(MINUTE);
  assert.equal(await jobs(), 'd');
});

test('bodies come packed, and what cannot be unpacked is refused', async () => {
  await using server = await testServer();
  const call = caller(server);
  const text = new TextEncoder().encode('m 1\n');
  const put = (body: Uint8Array, headers: Record<string, string>) =>
    call('PUT', '/metrics/job/a', Uint8Array.from(body), headers);
  const cases: [Uint8Array, Record<string, string>, number][] = [
    [text, { 'Content-Type': 'no type at all' }, 200],
    [gzipSync(text), { 'Content-Encoding': 'gzip' }, 200],
    [snappy(text), { 'Content-Encoding': 'snappy' }, 200],
    [text, { 'Content-Encoding': 'gzip' }, 400],
    [text, { 'Content-Encoding': 'snappy' }, 400],
    [text, { 'Content-Encoding': 'br' }, 415],
    [text, { 'Content-Type': 'application/vnd.google.protobuf; encoding=delimited' }, 415],
    [gzipSync(new Uint8Array(9_000_000)), { 'Content-Encoding': 'gzip' }, 413],
    [new Uint8Array(1_048_577), {}, 413],
    [Uint8Array.of(0xff, 10), {}, 400],
  ];
  for (const [body, headers, status] of cases) {
    const answer = await put(body, headers);
    assert.equal(answer.status, status, `${JSON.stringify(headers)} ${answer.text}`);
  }
});

test('who may push, read and wipe', async () => {
  await using server = await testServer();
  const call = caller(server);
  const read = { Authorization: `Bearer ${server.keys.read}` };
  const basic = { Authorization: `Basic ${Buffer.from(`any:${server.keys.write}`).toString('base64')}` };
  const admin = { Authorization: 'Bearer an-admin-token-for-tests-only' };
  const nobody = { Authorization: 'Bearer wrong' };
  const cases: [string, string, Record<string, string>, number][] = [
    ['PUT', '/metrics/job/a', basic, 200],
    ['PUT', '/metrics/job/a', read, 403],
    ['DELETE', '/metrics/job/a', read, 403],
    ['PUT', '/metrics/job/a', nobody, 401],
    ['PATCH', '/metrics/job/a', basic, 405],
    ['GET', '/metrics/job/a', basic, 405],
    ['GET', '/pushgateway/metrics', read, 200],
    ['GET', '/pushgateway/metrics', nobody, 401],
    ['GET', '/api/v1/metrics', read, 200],
    ['GET', '/pushgateway/api/v1/status', read, 200],
    ['GET', '/pushgateway/-/ready', {}, 200],
    ['PUT', '/api/v1/admin/wipe', basic, 403],
    ['PUT', '/pushgateway/api/v1/admin/wipe', admin, 202],
  ];
  for (const [method, path, headers, status] of cases) {
    const body = method === 'PUT' ? 'm 1\n' : undefined;
    const answer = await call(method, path, body, headers);
    assert.equal(answer.status, status, `${method} ${path} ${answer.text}`);
  }
  assert.equal((await call('GET', '/pushgateway/metrics')).text, '');
});

test('the groups as the original’s API lists them', async () => {
  await using server = await testServer();
  const call = caller(server);
  await call(
    'PUT',
    '/metrics/job/j',
    '# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\n',
  );
  await call('POST', '/metrics/job/j', 'h_count 1\n');
  await call(
    'PUT',
    '/metrics/job/k',
    '# TYPE s summary\ns{quantile="0.5"} NaN\ns_sum 3\ns_count 2\n__proto__ 1\n',
  );
  const { data } = JSON.parse((await call('GET', '/api/v1/metrics')).text);
  const at = new Date(START).toISOString();
  const labels = { instance: '', job: 'j' };
  assert.deepEqual(
    data.map((group: object) => Object.keys(group).sort()),
    [
      ['h', 'labels', 'last_push_successful', 'push_failure_time_seconds', 'push_time_seconds'],
      ['__proto__', 'labels', 'last_push_successful', 'push_failure_time_seconds', 'push_time_seconds', 's'],
    ],
  );
  assert.deepEqual(data[0].labels, { job: 'j' });
  assert.equal(data[0].last_push_successful, false);
  assert.equal(data[1].last_push_successful, true);
  assert.deepEqual(data[0].h, {
    time_stamp: at,
    type: 'HISTOGRAM',
    metrics: [{ labels, buckets: { 1: '1', '+Inf': '2' }, count: '2', sum: '3' }],
  });
  assert.deepEqual(data[1].s.metrics[0].quantiles, { '0.5': 'NaN' });
  assert.equal(data[0].push_time_seconds.metrics[0].value, '1.7841168e+09');
});

test('a project that goes takes what was pushed to it along', async () => {
  await using server = await testServer();
  const call = caller(server);
  const admin = { Authorization: 'Bearer an-admin-token-for-tests-only' };
  assert.equal((await call('PUT', '/metrics/job/j', 'm 1\n')).status, 200);
  const { items } = JSON.parse((await call('GET', '/api/vigie/projects')).text);
  assert.equal((await call('DELETE', `/api/vigie/projects/${items[0].id}`, undefined, admin)).status, 204);
  const { db } = server.app.context.store;
  assert.deepEqual(await db.selectFrom('push_groups').selectAll().execute(), []);
  assert.deepEqual(await db.selectFrom('push_families').selectAll().execute(), []);
});

test('a backup is judged by what its job pushed, a minute ago and a day ago', async () => {
  await using server = await testServer();
  const call = caller(server);
  const look = async (): Promise<unknown> => {
    const trial = { kind: 'backup', settings: { pushed: { last_success: 'backup_last_timestamp' } } };
    const headers = { 'Content-Type': 'application/json' };
    const { status, text } = await call('POST', '/api/vigie/probes/run', JSON.stringify(trial), headers);
    assert.equal(status, 200, text);
    const { reason, message } = JSON.parse(text);
    return `${reason} ${message}`;
  };
  assert.match(String(await look()), /^not_found .*no job pushed backup_last_timestamp/);
  const push = (hours: number) =>
    call('PUT', '/metrics/job/backup', `backup_last_timestamp ${Date.now() / 1000 - hours * 3_600}\n`);
  await push(1);
  assert.doesNotMatch(String(await look()), /not_found|unhealthy/);
  await push(27);
  assert.match(String(await look()), /^unhealthy .*27\.0 h old/);
});
