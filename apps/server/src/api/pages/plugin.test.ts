import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import { writeAckToken } from '../../alerts/ack-token.ts';
import { testContext } from '../../testing/test-context.ts';
import { pageRoutes, pagesPlugin } from './plugin.ts';

async function site() {
  const test = await testContext();
  const app = fastify();
  await app.register(pagesPlugin(pageRoutes(test.context), test.context.log));
  return { test, get: (url: string) => app.inject({ url }) };
}

describe('every page without script', () => {
  it('allows its one stylesheet and nothing else', async () => {
    const { test, get } = await site();
    await using _ = test;
    const { body, headers } = await get('/ack/nothing');
    const style = /<style>(.*?)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      headers['content-security-policy'],
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    assert.ok(!/<script|style=|onload|javascript:/.test(body));
  });

  it('tells no detail when the server fails', async () => {
    const { test, get } = await site();
    await test[Symbol.asyncDispose]();
    const answer = await get(`/ack/${writeAckToken(test.context.secretKey, { alertId: 1, channelId: 1 })}`);
    assert.equal(`${answer.statusCode} ${answer.body}`, '500 The server failed; its log says more.');
  });
});
