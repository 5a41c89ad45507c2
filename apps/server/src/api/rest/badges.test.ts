import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Badge, Page } from '@vigie/contract';
import { make } from '../../testing/rest-checks.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

async function badges(server: RestServer, query = ''): Promise<Page<Badge>> {
  return (await server.call<Page<Badge>>('rita', 'GET', `/projects/${server.project.code}/badges${query}`))
    .body;
}

it('badges are listed for the project and each tag', async () => {
  await using server = await restServer();
  await make(server, { tags: ['prod', '*', 'db@dc1'] });
  await make(server, { tags: ['prod', '!first'] });
  const { items } = await badges(server);
  assert.deepEqual(
    items.map((badge) => badge.tag),
    ['*', '!first', 'db@dc1', 'prod'],
  );
  const [whole] = items;
  assert.ok(whole);
  assert.match(whole.url_svg, /^http:\/\/vigie\.test\/badge\/[0-9a-f-]+\/[\w-]{8}-2\.svg$/);
  assert.equal(whole.with_late.url_svg, whole.url_svg.replace('-2.svg', '.svg'));
  assert.deepEqual(
    [whole.url_json, whole.url_shields],
    [whole.url_svg.replace('.svg', '.json'), whole.url_svg.replace('.svg', '.shields')],
  );
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await badges(server, `?limit=1${cursor}`);
    seen.push(...page.items.map((badge) => badge.tag));
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  assert.deepEqual(seen, ['*', '!first', 'db@dc1', 'prod']);
});
