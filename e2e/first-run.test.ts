/** A newcomer's first minutes, in a real browser: the set-up link, a first ping, signing out and in. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { spawnServer } from '../apps/server/test/support/server-process.ts';
import { tempFolder } from '../apps/server/test/support/temp-folder.ts';
import { until } from '../apps/server/test/support/until.ts';
import { openBrowser } from './browser.ts';

/** Where pictures go when somebody wants to look at them. */
const PICTURES = process.env['VIGIE_PICTURES'];
const EMAIL = 'alice@example.org';
const PASSWORD = 'correct horse battery';

for (const scheme of ['light', 'dark'] as const) {
  test(`from the set-up link to the first check (${scheme})`, async () => {
    using folder = tempFolder('e2e');
    await using server = await spawnServer({
      dataDir: folder.path,
      env: { VIGIE_ADMIN_EMAIL: '', VIGIE_ADMIN_PASSWORD: '', VIGIE_ADMIN_TOKEN: '' },
    });
    const link = await setUpLink(server.output);
    await using browser = await openBrowser(new URL(link).origin, scheme);
    const { page } = browser;
    const complaints = (): string[] => browser.complaints.splice(0);
    const picture = async (name: string): Promise<void> => {
      if (PICTURES === undefined) return;
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}-${scheme}.png`), fullPage: true });
    };

    const opened = await page.goto(link);
    assert.match(opened?.headers()['content-security-policy'] ?? '', /default-src 'none'/);
    await picture('set-up');
    await page.getByLabel('Your name').fill('Alice <script>alert(1)</script>');
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'All set' }).waitFor();
    for (const key of [/^hcw_\w{28}$/, /^hcr_\w{28}$/]) await page.getByText(key).waitFor();
    await picture('all-set');

    const command = await page.getByText('curl -fsS').first().innerText();
    assert.equal(execFileSync('sh', ['-c', command], { encoding: 'utf8' }), 'Created');

    await page.getByRole('link', { name: 'Go on' }).click();
    await page.getByRole('row', { name: /up my-first-check/ }).waitFor();
    await picture('home');
    await page.getByRole('button', { name: 'Sign out' }).click();
    assert.deepEqual(complaints(), []);
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await picture('sign-in-refused');
    requireOnly(complaints(), /401/);
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /up my-first-check/ }).waitFor();

    await page.setViewportSize({ width: 360, height: 640 });
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    assert.equal(overflow, 0, 'the page is wider than a phone');
    await picture('home-360');
    assert.deepEqual(complaints(), []);
    const again = await page.goto(link);
    assert.equal(again?.status(), 404, 'the set-up link leads in once');
    requireOnly(complaints(), /404/);
  });
}

test('a stranger gets the sign-in page and nothing else', async () => {
  using folder = tempFolder('e2e');
  await using server = await spawnServer({ dataDir: folder.path });
  await using browser = await openBrowser(server.url, 'light');
  for (const path of ['/', '/projects/x/checks/', '/cloaked/x/']) {
    await browser.page.goto(server.url + path);
    assert.equal(new URL(browser.page.url()).pathname, '/signin');
  }
  assert.deepEqual(browser.complaints, []);
});

/** The browser itself reports the status of a page that refuses something, and nothing else is wrong. */
function requireOnly(complaints: readonly string[], status: RegExp): void {
  assert.equal(complaints.length, 1);
  assert.match(complaints[0] ?? '', status);
}

/** The one-time link that the server prints. */
function setUpLink(output: () => string): Promise<string> {
  return until('the set-up link', 5_000, () => /(http:\S+\/setup\?token=\S+)/.exec(output())?.[1]);
}
