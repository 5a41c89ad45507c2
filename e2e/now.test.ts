/** What hurts now, in a real browser: the first check, all is well, an outage that arrives live and is acknowledged. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spawnServer } from '../apps/server/test/support/server-process.ts';
import { tempFolder } from '../apps/server/test/support/temp-folder.ts';
import { openBrowser } from './browser.ts';
import { picture, requireAccessible, requireNoOverflow } from './page-quality.ts';

const ADMIN = { email: 'alice@example.org', password: 'correct horse battery' } as const;
const KEY = `hcw_${'w'.repeat(28)}`;
const PING_KEY = 'pingkeypingkeypingkey1';

for (const scheme of ['light', 'dark'] as const) {
  test(`an outage arrives, is acknowledged and ends (${scheme})`, async () => {
    using folder = tempFolder('e2e-now');
    await using server = await spawnServer({
      dataDir: folder.path,
      env: {
        VIGIE_ADMIN_EMAIL: ADMIN.email,
        VIGIE_ADMIN_PASSWORD: ADMIN.password,
        VIGIE_API_KEY: KEY,
        VIGIE_PING_KEY: PING_KEY,
      },
    });
    const make = async (name: string): Promise<void> => {
      await fetch(`${server.url}/api/vigie/checks`, {
        method: 'POST',
        headers: { 'X-Api-Key': KEY, 'Content-Type': 'application/json' },
        body: JSON.stringify({ name, slug: name }),
      });
    };
    const post = (end: { ends_at?: string }) =>
      fetch(`${server.url}/api/vigie/alerts`, {
        method: 'POST',
        headers: { 'X-Api-Key': KEY, 'Content-Type': 'application/json' },
        body: JSON.stringify([{ labels: { alertname: 'DiskFull', severity: 'warning' }, ...end }]),
      });
    const ping = (path: string) => fetch(`${server.url}/ping/${PING_KEY}/${path}`);
    await using browser = await openBrowser(server.url, scheme);
    const { page, context } = browser;
    await context.request.post(`${server.url}/api/vigie/session`, { data: ADMIN });

    await page.goto(server.url);
    await page.getByPlaceholder('/usr/local/bin/backup').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await make('database');
    await make('unheard');
    await ping('database');
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
    await page.getByRole('region', { name: 'Never pinged' }).getByRole('link', { name: 'unheard' }).waitFor();
    await requireAccessible(page, 'all is well');
    await picture(page, `now-well-${scheme}`);

    await post({});
    await page.getByRole('heading', { name: 'An alert fires' }).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'All is well' }).count(), 0);
    await requireAccessible(page, 'an alert of no check');
    await post({ ends_at: new Date().toISOString() });
    await page.getByRole('heading', { name: 'All is well' }).waitFor();

    await ping('database/fail');
    const down = page.getByRole('region', { name: 'Down', exact: true });
    await down.getByText('the job reported a failure').waitFor();
    await down.getByText('nobody was told').waitFor();
    await page.getByRole('link', { name: '1 down', exact: true }).waitFor();
    await requireAccessible(page, 'down');
    await picture(page, `now-down-${scheme}`);

    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await down.getByText('acknowledged by').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await down.getByText('nobody was told').waitFor();

    await page.setViewportSize({ width: 360, height: 640 });
    await requireNoOverflow(page, 'now');
    await requireAccessible(page, 'phone');
    await picture(page, `now-phone-${scheme}`);
    await ping('database');
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
    await page.getByRole('link', { name: '1 up', exact: true }).click();
    await page.getByRole('row').filter({ hasText: 'database' }).waitFor();
    assert.equal(new URL(page.url()).search, '?status=up');

    for (let n = 1; n <= 14; n++) {
      await make(`worker-${n}`);
      await ping(`worker-${n}/fail`);
    }
    await page.goBack();
    await down.getByRole('link', { name: 'and 2 more' }).waitFor();
    assert.match(await down.locator('[data-row]').first().innerText(), /worker-14$/);
    await down.getByRole('link', { name: 'and 2 more' }).click();
    await page.getByText('14 checks', { exact: true }).waitFor();
    assert.equal(new URL(page.url()).search, '?status=down');
    assert.deepEqual(browser.complaints, []);
  });
}
