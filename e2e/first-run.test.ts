/** A newcomer's first minutes, in a real browser: the set-up link, keys, signing out and in; what strangers see. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spawnServer } from '../apps/server/test/support/server-process.ts';
import { tempFolder } from '../apps/server/test/support/temp-folder.ts';
import { until } from '../apps/server/test/support/until.ts';
import { openBrowser } from './browser.ts';
import { picture, requireAccessible, requireNoOverflow } from './page-quality.ts';

const EMAIL = 'alice@example.org';
const PASSWORD = 'correct horse battery';

for (const scheme of ['light', 'dark'] as const) {
  test(`from the set-up link to signing in again (${scheme})`, async () => {
    using folder = tempFolder('e2e');
    await using server = await spawnServer({
      dataDir: folder.path,
      env: { VIGIE_ADMIN_EMAIL: '', VIGIE_ADMIN_PASSWORD: '', VIGIE_ADMIN_TOKEN: '' },
    });
    const link = await setUpLink(server.output);
    const { origin } = new URL(link);
    await using browser = await openBrowser(origin, scheme);
    const { page } = browser;
    const complaints = (): string[] => browser.complaints.splice(0);
    const look = async (state: string): Promise<void> => {
      await requireAccessible(page, state);
      await picture(page, `${state}-${scheme}`);
    };

    await page.goto(origin);
    await page.getByText('There is no account yet').waitFor();
    await look('sign-in-before-set-up');
    requireOnly(complaints(), /401/);

    const opened = await page.goto(link);
    const policy = opened?.headers()['content-security-policy'] ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^']+'/);
    await page.getByLabel('Your name').fill('Alice <script>alert(1)</script>');
    await look('set-up');
    await page.getByLabel('E-mail address').fill('not an address@');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('heading', { name: 'All set' }).count(), 0);
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'All set' }).waitFor();
    const printed = /Ping key: (\w+)/.exec(server.output())?.[1] ?? 'a ping key';
    await page.getByText(printed, { exact: true }).waitFor();
    assert.equal(await page.getByText(/hc[wr]_\w{28}/).count(), 0, 'keys beside those that were printed');
    await look('all-set');

    await page.getByRole('button', { name: 'Make your first check' }).click();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    assert.deepEqual(complaints(), []);

    await page.getByRole('button', { name: 'Account' }).click();
    await look('account-menu');
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await look('sign-in-refused');
    requireOnly(complaints(), /401/);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();

    await page.setViewportSize({ width: 360, height: 640 });
    await requireNoOverflow(page, 'the start page');
    assert.deepEqual(complaints(), []);
    await page.goto(link);
    await page.getByText('This link was used').waitFor();
    requireOnly(complaints(), /404/);
  });
}

test('a stranger signs in first and then comes to the page that was asked for', async () => {
  using folder = tempFolder('e2e');
  await using server = await spawnServer({
    dataDir: folder.path,
    env: { VIGIE_ADMIN_EMAIL: EMAIL, VIGIE_ADMIN_PASSWORD: PASSWORD },
  });
  await using browser = await openBrowser(server.url, 'light');
  const { page } = browser;
  for (const path of ['/', '/projects/x/checks/', '/alerts', '/#/silences', '/account']) {
    await page.goto(server.url + path);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/signin');
  }
  await page.goto(`${server.url}/account/security`);
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/account/security');
  // Addresses of the originals, once somebody is in.
  for (const [path, heading] of [
    ['/alerts', 'Alerts'],
    ['/#/alerts?receiver=ops', 'Alerts'],
    ['/#/silences', 'Silences'],
    ['/accounts/login/', 'Now'],
    ['/targets', 'Services'],
    ['/graph?g0.expr=up', 'Services'],
  ] as const) {
    await page.goto(server.url + path);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  }
  const refused = browser.complaints.filter((text) => !/401/.test(text));
  assert.deepEqual(refused, []);
});

/** The browser itself reports the status of a call that was refused, and nothing else is wrong. */
function requireOnly(complaints: readonly string[], status: RegExp): void {
  assert.ok(complaints.length > 0, 'nothing was refused');
  for (const complaint of complaints) assert.match(complaint, status);
}

/** The one-time link that the server prints. */
function setUpLink(output: () => string): Promise<string> {
  return until('the set-up link', 5_000, () => /(http:\S+\/setup\?token=\S+)/.exec(output())?.[1]);
}
