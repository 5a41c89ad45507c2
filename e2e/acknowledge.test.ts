/** The link in a message, in a real browser: what it shows, its button, and what it shows afterwards. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { localServer } from '../apps/server/src/notify/testing/local-server.ts';
import { spawnServer } from '../apps/server/test/support/server-process.ts';
import { tempFolder } from '../apps/server/test/support/temp-folder.ts';
import { until } from '../apps/server/test/support/until.ts';
import { openBrowser } from './browser.ts';

/** Where pictures go when somebody wants to look at them. */
const PICTURES = process.env['VIGIE_PICTURES'];
const KEY = `hcw_${'w'.repeat(28)}`;

for (const scheme of ['light', 'dark'] as const) {
  test(`somebody acknowledges by the link of a message, on a phone (${scheme})`, async () => {
    using folder = tempFolder('e2e');
    await using receiver = await localServer();
    const env = { VIGIE_API_KEY: KEY, VIGIE_PING_KEY: 'pingkeypingkeypingkey1' };
    await using server = await spawnServer({ dataDir: folder.path, env });
    await using browser = await openBrowser(server.url, scheme);
    const { page, complaints } = browser;
    await page.setViewportSize({ width: 360, height: 640 });
    const picture = async (name: string): Promise<void> => {
      if (PICTURES === undefined) return;
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}-${scheme}.png`), fullPage: true });
    };

    const settings = { url_down: `${receiver.url}/`, method_down: 'POST', body_down: '$ACK_URL' };
    await call(server.url, '/channels', { kind: 'webhook', name: 'Ops on call', settings });
    await call(server.url, '/checks', { name: 'database', slug: 'database', channels: 'all' });
    await fetch(`${server.url}/ping/pingkeypingkeypingkey1/database/fail`);
    const link = await until('the message', 10_000, () => receiver.received[0]?.body);
    const path = new URL(link).pathname;

    await page.goto(server.url + path);
    await page.getByRole('heading', { name: 'Acknowledge this alert?' }).waitFor();
    await picture('acknowledge');
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    assert.equal(overflow, 0, 'the page is wider than a phone');
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('acknowledged by the link sent to Ops on call').waitFor();
    await picture('acknowledged');
    assert.deepEqual(complaints, []);

    const again = await page.goto(server.url + path);
    assert.equal(again?.status(), 410);
    await page.getByRole('heading', { name: 'Already acknowledged' }).waitFor();
    await picture('already-acknowledged');
  });
}

async function call(url: string, path: string, body: object): Promise<void> {
  const headers = { 'X-Api-Key': KEY, 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/api/vigie${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 201, await answer.text());
}
