/** The network goes and comes back, a session ends: the page says so at once, and goes on where it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check } from '@vigie/contract';
import { team } from './team.ts';
import { workplace } from './workplace.ts';

test('a lost network shows at once, and what changed meanwhile appears by itself', async () => {
  await using place = await workplace();
  const check = await place.api<Check>('POST', '/checks', { name: 'Nightly backup', slug: 'nightly' });
  await fetch(check.ping_url ?? '');
  await using browser = await place.signedIn('light');
  const { page, context } = browser;
  await page.goto(`${place.pages}/checks`);
  await page.getByText('Live', { exact: true }).waitFor();
  assert.match(await page.title(), /^Checks - Vigie$/);

  await context.setOffline(true);
  await page.getByText('Not live', { exact: true }).waitFor({ timeout: 3_000 });
  await fetch(`${check.ping_url}/fail`);
  await context.setOffline(false);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('down', { exact: true }).first().waitFor();
  await page.waitForFunction("document.title === '(1) Checks - Vigie'");
  const icon = await page.locator('link[rel="icon"]').getAttribute('href');
  assert.match(icon ?? '', /icon-down\.svg$/);

  // An address at which nothing is leaves the ways to everything else.
  await page.goto(`${place.pages}/nothing`);
  await page.getByRole('heading', { name: 'Nothing is here' }).waitFor();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
});

test('somebody who was taken out of a project while the network was lost is told when it is back', async () => {
  await using all = await team();
  const { page, context, complaints } = await all.enter('member');
  await page.goto(`${all.pages}/checks`);
  await page.getByText('Live', { exact: true }).waitFor();
  await context.setOffline(true);
  await page.getByText('Not live', { exact: true }).waitFor();
  await all.leave('member');
  await context.setOffline(false);
  await page.getByRole('heading', { name: 'Nothing is here' }).waitFor({ timeout: 10_000 });
  assert.deepEqual(
    complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|404/.test(text)),
    [],
  );
});

test('an ended session leads to the sign-in page, and from there back to the same page', async () => {
  await using place = await workplace();
  await using browser = await place.signedIn('light');
  const { page, context } = browser;
  await page.goto(`${place.pages}/checks?q=backup`);
  await page.getByText('Live', { exact: true }).waitFor();
  await context.clearCookies();
  await page.getByRole('link', { name: 'Channels' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('E-mail address').fill('alice@example.org');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Channels', level: 1 }).waitFor();
  assert.equal(page.url(), `${place.pages}/channels`);
});

test('a project that is deleted while somebody looks at it leaves a page that says so', async () => {
  await using place = await workplace();
  await using browser = await place.signedIn('light');
  const { page, context } = browser;
  await page.goto(`${place.pages}/channels`);
  await page.getByText('Live', { exact: true }).waitFor();
  const { pathname } = new URL(place.pages);
  // As from another tab: a call with the session's cookie must come from a page of the server's own.
  const other = await context.newPage();
  await other.goto(`${place.url}/account`);
  const call = `fetch('/api/vigie${pathname}', { method: 'DELETE' }).then(({ status }) => status)`;
  assert.equal(await other.evaluate<number>(call), 204);
  await page.getByRole('heading', { name: 'Nothing is here' }).waitFor();
  await page.getByRole('link', { name: 'To the start' }).click();
  await page.getByRole('heading', { name: 'New project', level: 1 }).waitFor();
  assert.deepEqual(
    browser.complaints.filter((text) => !/404/.test(text)),
    [],
  );
});
