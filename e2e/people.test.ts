/** The people of a server, as its admin sees them in a real browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ManagedUser } from '@vigie/contract';
import { requireAccessibleInBothThemes, requireNoOverflow } from './page-quality.ts';
import { team } from './team.ts';

test('the instance admin finds people, makes admins, hands out a link, deletes an account', async () => {
  await using all = await team();
  const bob = await all.enter('member');
  await using browser = await all.admin('light');
  const { page, complaints } = browser;
  await page.goto(all.url);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'People' }).click();
  const row = page.getByRole('row', { name: /member@example\.org/ });
  await row.waitFor();
  await page.getByRole('row', { name: /alice@example\.org \(you\)/ }).waitFor();
  await requireAccessibleInBothThemes(page, 'people');

  const menu = row.getByRole('button', { name: 'More for member@example.org' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Make instance admin' }).click();
  await row.getByText('instance admin').waitFor();
  await bob.page.goto(`${all.url}/admin/people`);
  await bob.page.getByRole('row', { name: /alice@example\.org/ }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.getByText('instance admin').waitFor({ state: 'detached' });
  await bob.page.reload();
  await bob.page.getByRole('heading', { name: 'This is not for your role' }).waitFor();

  await menu.click();
  await requireAccessibleInBothThemes(page, 'what can be done for somebody');
  await page.getByRole('menuitem', { name: 'Link to a new password' }).click();
  const link = new URL(await page.getByText(/^http.*\/reset\?token=/).innerText());
  await requireAccessibleInBothThemes(page, 'a link to hand over');
  await bob.page.goto(all.url + link.pathname + link.search);
  await bob.page.getByLabel('New password').fill('another horse, another battery');
  await bob.page.getByRole('button', { name: 'Set it and sign in' }).click();
  await bob.page.getByRole('navigation', { name: 'Pages' }).waitFor();
  assert.deepEqual(bob.complaints, []);

  await page.keyboard.press('Escape');
  await page.getByLabel('Name or e-mail address').fill('nobody');
  await page.getByRole('heading', { name: 'Nobody is called so' }).waitFor();
  await page.getByLabel('Name or e-mail address').fill('MEMBER@');
  await row.waitFor();
  assert.equal(new URL(page.url()).searchParams.get('q'), 'MEMBER@');
  await page.reload();
  await page.setViewportSize({ width: 360, height: 640 });
  await row.waitFor();
  await requireNoOverflow(page, 'people');
  await requireAccessibleInBothThemes(page, 'people on a phone');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete the account' }).click();
  await page.getByRole('dialog').getByText('This cannot be undone').waitFor();
  await requireAccessibleInBothThemes(page, 'before an account is deleted');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the account' }).click();
  await page.getByRole('heading', { name: 'Nobody is called so' }).waitFor();
  const users = await browser.context.request.get(`${all.url}/api/vigie/users`);
  const { items } = (await users.json()) as { items: ManagedUser[] };
  assert.deepEqual(
    items.map(({ email }) => email),
    ['alice@example.org'],
  );
  assert.deepEqual(complaints, []);
});
