/** Pushes on PostgreSQL, the same as on SQLite. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPostgres } from '../support/postgres.ts';
import { testServer } from '../support/server.ts';

const postgres = await startPostgres();
after(() => postgres.close());

test('groups are taken, contradicted, replaced, and go when their time is over', async () => {
  await using server = await testServer({ env: { VIGIE_DATABASE_URL: postgres.url } });
  const call = async (method: string, path: string, body?: string): Promise<[number, string]> => {
    const headers = { Authorization: `Bearer ${server.keys.write}` };
    const answer = await fetch(server.url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return [answer.status, await answer.text()];
  };
  const exposed = async () => {
    const [, text] = await call('GET', '/pushgateway/metrics');
    return text.split('\n').filter((line) => /^[ab]/.test(line));
  };
  const requests: [method: string, path: string, body: string, status: number][] = [
    ['PUT', '/metrics/job/j', 'a 1\nb 1\n', 200],
    ['PUT', '/metrics/job/k?ttl=1m', 'a NaN\n', 200],
    ['POST', '/metrics/job/j', 'b 2\n', 200],
    ['POST', '/metrics/job/j', '', 200],
    ['PUT', '/metrics/job/l', '# TYPE a gauge\na 1\n', 400],
    ['PUT', '/metrics/job/j/instance@base64/=', 'a 1\nb 2\nb{x="\\n"} 3\n', 200],
    ['PUT', '/metrics/job/j/x/1', 'b{x="2"} 3\n', 200],
    ['DELETE', '/metrics/job/j/x/1', '', 202],
  ];
  for (const [method, path, body, status] of requests) {
    const [got, text] = await call(method, path, body);
    assert.equal(got, status, `${method} ${path} ${text}`);
  }
  const ours = ['a{instance="",job="j"} 1', 'b{instance="",job="j"} 2', 'b{instance="",job="j",x="\\n"} 3'];
  assert.deepEqual(await exposed(), [ours[0], 'a{instance="",job="k"} NaN', ours[1], ours[2]]);
  await server.clock.advance(60_000);
  assert.deepEqual(await exposed(), ours);
  // The writing side forgets it too: it makes room.
  await call('POST', '/metrics/job/j', '');
  const left = await server.app.context.store.db
    .selectFrom('push_groups')
    .select('job')
    .orderBy('id')
    .execute();
  assert.deepEqual(left, [{ job: 'j' }, { job: 'l' }]);
});
