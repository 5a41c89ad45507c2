/** A newcomer's first minutes, in a real browser: the set-up link, a first ping, signing out and in. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { spawnServer } from '../apps/server/test/support/server-process.ts';
import { temporaryFolder } from '../bench/support/server.ts';
import { openBrowser } from './browser.ts';

/** Where pictures go when somebody wants to look at them. */
const PICTURES = process.env['VIGIE_PICTURES'];
const EMAIL = 'alice@example.org';
const PASSWORD = 'correct horse battery';

for (const scheme of ['light', 'dark'] as const) {
  test(`from the set-up link to the first check (${scheme})`, async () => {
    using folder = temporaryFolder();
    await using server = await spawnServer({
      dataDir: folder.path,
      env: { VIGIE_ADMIN_EMAIL: '', VIGIE_ADMIN_PASSWORD: '', VIGIE_ADMIN_TOKEN: '' },
    });
    await using browser = await openBrowser(server.url, scheme);
    const { page } = browser;
    const picture = async (name: string): Promise<void> => {
      if (PICTURES === undefined) return;
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}-${scheme}.png`), fullPage: true });
    };

    const link = await setUpLink(server.output);
    const opened = await page.goto(`${server.url}${link}`);
    assert.match(opened?.headers()['content-security-policy'] ?? '', /default-src 'none'/);
    await picture('set-up');
    await page.getByLabel('Your name').fill('Alice <script>alert(1)</script>');
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'All set' }).waitFor();
    await picture('all-set');

    const command = await page.getByText('curl -fsS').first().innerText();
    const url = /'?(http[^'\s]+)'?/.exec(command)?.[1] ?? '';
    const ping = await fetch(server.url + new URL(url).pathname + new URL(url).search);
    assert.equal(ping.status, 201);

    await page.getByRole('link', { name: 'Go on' }).click();
    await page.getByRole('cell', { name: /up/ }).waitFor();
    await picture('home');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await picture('sign-in-refused');
    browser.complaints.length = 0;
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('table').waitFor();

    await page.setViewportSize({ width: 360, height: 640 });
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    assert.equal(overflow, 0, 'the page is wider than a phone');
    await picture('home-360');
    const again = await page.goto(`${server.url}${link}`);
    assert.equal(again?.status(), 404, 'the set-up link leads in once');
    browser.complaints.splice(0).forEach((complaint) => {
      // The browser itself reports the page's own 404 as an error.
      assert.match(complaint, /404/);
    });
  });
}

test('a stranger gets the sign-in page and nothing else', async () => {
  using folder = temporaryFolder();
  await using server = await spawnServer({ dataDir: folder.path });
  await using browser = await openBrowser(server.url, 'light');
  for (const path of ['/', '/projects/x/checks/', '/cloaked/x/']) {
    await browser.page.goto(server.url + path);
    assert.equal(new URL(browser.page.url()).pathname, '/signin');
  }
  assert.deepEqual(browser.complaints, []);
});

/** The one-time link that the server prints, without its origin. */
async function setUpLink(output: () => string): Promise<string> {
  for (;;) {
    const link = /(\/setup\?token=\S+)/.exec(output())?.[1];
    if (link !== undefined) return link;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
