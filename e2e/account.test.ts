/** Somebody's own account in a real browser: language, theme, second factor, sessions, reports, passkeys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type APIRequestContext, type Page, request } from 'playwright-core';
import { stepAt, totpCode } from '../apps/server/src/accounts/totp.ts';
import { until } from '../apps/server/test/support/until.ts';
import { type Browser, openBrowser } from './browser.ts';
import { requireAccessibleInBothThemes, requireNoOverflow } from './page-quality.ts';
import { workplace } from './workplace.ts';

const EMAIL = 'alice@example.org';
const PASSWORD = 'correct horse battery';

/** A server of one's own, and a browser in which one is signed in. */
interface Home extends AsyncDisposable, Browser {
  /** By name, as passkeys are for names, never for addresses such as 127.0.0.1. */
  origin: string;
}

async function home(): Promise<Home> {
  const place = await workplace();
  const origin = `http://localhost:${new URL(place.url).port}`;
  const browser = await openBrowser(origin, 'light');
  await signIn(browser.context.request, origin);
  return {
    ...browser,
    origin,
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
    },
  };
}

test('a language and a theme are chosen: both show at once, and stay', async () => {
  await using mine = await home();
  const { page, origin, complaints } = mine;
  const html = page.locator('html');
  await page.goto(`${origin}/account`);
  await page.getByLabel('Time zone').fill('Europe/Pariss');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').filter({ hasText: 'Pariss' }).waitFor();
  await requireAccessibleInBothThemes(page, 'a refused time zone');
  requireOnly(complaints, 400);
  await page.getByLabel('Time zone').fill('Europe/Paris');
  await page.getByLabel('Language').selectOption('Français');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Compte', level: 1 }).waitFor();
  assert.equal(await html.getAttribute('lang'), 'fr');
  await page.reload();
  await page.getByRole('heading', { name: 'Compte', level: 1 }).waitFor();
  await requireAccessibleInBothThemes(page, 'the profile');

  await page.emulateMedia({ colorScheme: 'light' });
  const ground = (): Promise<string> =>
    page.evaluate<string>('getComputedStyle(document.body.parentElement).backgroundColor');
  const light = await ground();
  await page.getByLabel('Sombre').check();
  assert.notEqual(await ground(), light);
  // It is the account's, so that another browser, or this one without its cookie, shows it too.
  await until('the theme is kept', 5_000, async () => {
    const answer = await mine.context.request.get(`${origin}/api/vigie/session`);
    return ((await answer.json()) as { user: { theme: string } }).user.theme === 'dark';
  });
  await mine.context.clearCookies({ name: 'vigie_theme' });
  await page.reload();
  await page.getByLabel('Sombre').waitFor();
  assert.notEqual(await ground(), light);
  assert.equal(await page.getByLabel('Sombre').isChecked(), true);
  await page.getByLabel('Comme le système').check();
  assert.equal(await ground(), light);
  await page.setViewportSize({ width: 360, height: 640 });
  for (const [path, words] of [
    ['', 'Fuseau horaire'],
    ['/security', 'Second facteur'],
    ['/reports', 'Rapport hebdomadaire'],
  ] as const) {
    await page.goto(`${origin}/account${path}`);
    await page.getByText(words).first().waitFor();
    await requireNoOverflow(page, path);
    await requireAccessibleInBothThemes(page, `account${path.replace('/', ' ')} on a phone`);
  }
  await page.goto(`${origin}/account`);
  await page.getByLabel('Langue').selectOption('English');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.deepEqual(complaints, []);
});

test('a second factor: set up by its secret, asked for at the door, saved by a recovery code', async () => {
  await using mine = await home();
  const { page, origin, complaints } = mine;
  await page.goto(`${origin}/account/security`);
  const card = page.getByRole('region', { name: 'Second factor' });
  await card.getByRole('button', { name: 'Set it up' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill('not this one');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').waitFor();
  await requireAccessibleInBothThemes(page, 'a wrong password');
  complaints.length = 0;
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  const secret = await card.getByText(/^[A-Z2-7]{32}$/).innerText();
  await card.getByRole('img', { name: 'QR code of the secret' }).waitFor();
  await requireAccessibleInBothThemes(page, 'the secret of a second factor');
  const step = stepAt(Date.now());
  await card.getByRole('textbox', { name: 'Code' }).fill(totpCode(secret, step));
  await card.getByRole('button', { name: 'Turn it on' }).click();
  await card.getByText('It is on. 10 recovery codes are left.').waitFor();
  const codes = (await card.getByText(/^(?:\w{4}(?:-\w{4}){3}\s*){10}$/).innerText()).trim().split('\n');
  assert.equal(codes.length, 10);
  await requireAccessibleInBothThemes(page, 'recovery codes');
  await page.reload();
  await card.getByText('It is on.').waitFor();
  assert.equal(await page.getByText(codes[0] ?? '').count(), 0, 'recovery codes are shown again');
  assert.deepEqual(complaints, []);

  await signOut(page);
  await givePassword(page);
  const code = page.getByLabel('Code of the second factor');
  await code.fill('000000');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await requireAccessibleInBothThemes(page, 'a wrong code');
  // The code that turned it on is used up; the next one holds already.
  await code.fill(totpCode(secret, step + 1));
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  requireOnly(complaints, 401);

  await signOut(page);
  await givePassword(page);
  await code.fill(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  requireOnly(complaints, 401);
  await page.goto(`${origin}/account/security`);
  await card.getByText('It is on. 9 recovery codes are left.').waitFor();
  await card.getByRole('button', { name: 'Turn it off' }).click();
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Turn it off' }).click();
  await card.getByRole('button', { name: 'Set it up' }).waitFor();
  assert.deepEqual(complaints, []);
});

test('sessions elsewhere are ended, one or all', async () => {
  await using mine = await home();
  const { page, origin, complaints } = mine;
  const others = await Promise.all(
    ['Firefox/140.0 (X11; Linux)', 'curl/8.5.0'].map((userAgent) => request.newContext({ userAgent })),
  );
  for (const other of others) await signIn(other, origin);
  const statuses = (): Promise<number[]> =>
    Promise.all(others.map(async (other) => (await other.get(`${origin}/api/vigie/session`)).status()));
  await page.goto(`${origin}/account/security`);
  const card = page.getByRole('region', { name: 'Where you are signed in' });
  await card.getByText('(here)').waitFor();
  await requireAccessibleInBothThemes(page, 'security');
  const curl = card.getByRole('listitem').filter({ hasText: 'curl' });
  await curl.getByRole('button', { name: /^End it/ }).click();
  await curl.waitFor({ state: 'detached' });
  assert.deepEqual(await statuses(), [200, 401]);
  await card.getByRole('button', { name: 'End all others' }).click();
  await card.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
  assert.deepEqual(await statuses(), [401, 401]);
  await card.getByText('(here)').waitFor();
  assert.deepEqual(complaints, []);
});

test('reports are chosen project by project, and looked at before', async () => {
  await using mine = await home();
  const { page, origin, complaints } = mine;
  await page.goto(`${origin}/account/reports`);
  const weekly = page.getByLabel('Weekly report');
  await weekly.waitFor();
  const before = await weekly.isChecked();
  await weekly.setChecked(!before);
  await requireAccessibleInBothThemes(page, 'reports');
  const preview = await page.getByRole('link', { name: /^Preview.*Weekly report/ }).getAttribute('href');
  const shown = await mine.context.request.get(origin + preview);
  assert.equal(shown.status(), 200);
  assert.match(shown.headers()['content-type'] ?? '', /^text\/html/);
  await page.reload();
  await weekly.waitFor();
  assert.equal(await weekly.isChecked(), !before);
  assert.deepEqual(complaints, []);
});

test('a passkey is added, lets in without a password, and is removed', async () => {
  await using mine = await home();
  const { page, context, origin, complaints } = mine;
  const devTools = await context.newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(`${origin}/account/security`);
  const card = page.getByRole('region', { name: 'Passkeys' });
  await card.getByLabel('Name').fill('Laptop');
  await card.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Add a passkey' }).click();
  await card.getByText('Last used: never').waitFor();
  await requireAccessibleInBothThemes(page, 'a passkey');
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await page.goto(`${origin}/account/security`);
  await card.getByText('Laptop').waitFor();
  assert.equal(await card.getByText('never').count(), 0);
  await card.getByRole('button', { name: 'Remove Laptop' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await card.getByText('Laptop').waitFor({ state: 'detached' });
  await signOut(page);
  await Promise.all([
    page.waitForEvent('console', (message) => message.type() === 'error'),
    page.getByRole('button', { name: 'Sign in with a passkey' }).click(),
  ]);
  assert.equal(new URL(page.url()).pathname, '/signin');
  requireOnly(complaints, 401);
});

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

async function givePassword(page: Page): Promise<void> {
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
}

async function signIn(request: APIRequestContext, origin: string): Promise<void> {
  const data = { email: EMAIL, password: PASSWORD };
  const answer = await request.post(`${origin}/api/vigie/session`, { data });
  assert.ok(answer.ok(), await answer.text());
}

/** The browser itself reports the status of a call that was refused; nothing else may be wrong. Forgets them. */
function requireOnly(complaints: string[], status: number): void {
  const texts = complaints.splice(0);
  assert.ok(texts.length > 0, 'nothing was refused');
  for (const text of texts) assert.match(text, new RegExp(`^Failed to load resource.* ${status} `));
}
