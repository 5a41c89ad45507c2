import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from './support/server.ts';

test('an address at which nothing is, or that cannot be read, gets a page', async () => {
  await using server = await testServer();
  for (const path of ['/nothing', '/%zz', '/ping/x', '/api/v9/checks/']) {
    const answer = await fetch(server.url + path);
    assert.equal(answer.status, 404, path);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/, path);
    assert.match(await answer.text(), /Not Found/, path);
  }
});

test('a server with a base path is there under it, and without it for proxies that take it away', async () => {
  await using server = await testServer({ env: { VIGIE_BASE_URL: 'http://127.0.0.1:0/watch' } });
  const get = async (path: string): Promise<number> => {
    const answer = await fetch(server.url + path, { headers: { 'X-Api-Key': server.keys.write } });
    await answer.text();
    return answer.status;
  };
  const ping = `/ping/${server.keys.ping}/job?create=1`;
  assert.deepEqual(
    [
      await get(`/watch${ping}`),
      await get('/watch/api/v3/checks/'),
      await get('/watch/livez'),
      await get('/watch'),
    ],
    [201, 200, 200, 200],
  );
  assert.deepEqual(
    [await get(ping), await get('/api/v3/checks/'), await get('/watchful/livez')],
    [200, 200, 404],
  );
  const { checks } = (await (
    await fetch(`${server.url}/watch/api/v3/checks/`, { headers: { 'X-Api-Key': server.keys.write } })
  ).json()) as { checks: { ping_url: string }[] };
  assert.match(checks[0]?.ping_url ?? '', /^http:\/\/127\.0\.0\.1:\d+\/watch\/ping\//);
});
