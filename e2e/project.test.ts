/** A project's channels, people, keys, badges and audit log in a real browser, as each role sees them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Role } from '@vigie/contract/vocabulary';
import { localServer } from '../apps/server/src/notify/testing/local-server.ts';
import { picture, requireAccessibleInBothThemes, requireNoOverflow } from './page-quality.ts';
import { PASSWORD, type Team, team, type Visitor } from './team.ts';

let all: Team;
let owner: Visitor;

before(async () => {
  all = await team();
  owner = await all.enter('owner');
});

after(() => all[Symbol.asyncDispose]());

test('a webhook is added, tested, and shows what its receiver answers', async () => {
  let isRefused = false;
  await using receiver = await localServer((response) => {
    response.statusCode = isRefused ? 403 : 200;
    response.end(isRefused ? 'this token was revoked' : 'the pager has it');
  });
  const { page, complaints } = owner;
  await page.goto(`${all.pages}/channels`);
  await page.getByRole('heading', { name: 'Nobody is told yet' }).waitFor();
  await requireAccessibleInBothThemes(page, 'no channel');
  await page.getByRole('link', { name: 'Add a channel' }).click();
  await page.getByRole('link', { name: 'Webhook' }).waitFor();
  await requireAccessibleInBothThemes(page, 'kinds of channel');
  await page.getByRole('link', { name: 'Webhook' }).click();
  await page.getByLabel('Name', { exact: true }).fill('On call');
  const outages = page.getByRole('group', { name: 'Outages' });
  await outages.getByLabel('Address').fill('pager.example');
  await page.getByRole('button', { name: 'Add it' }).click();
  await outages.getByRole('alert').filter({ hasText: 'must be an http:// or https:// URL' }).waitFor();
  await requireAccessibleInBothThemes(page, 'a refused setting');
  assert.match(complaints.splice(0).join(), /^Failed to load resource.* 400 [^,]*$/);
  await outages.getByLabel('Address').fill(`${receiver.url}/page`);
  await outages.getByLabel('Method').selectOption('POST');
  await outages.getByLabel('Body').fill('$NAME is $STATUS');
  await page.getByRole('button', { name: 'Add it' }).click();

  await page.getByRole('heading', { name: 'On call', level: 1 }).waitFor();
  await page.getByText('Webhook, not used yet').waitFor();
  const testing = page.getByRole('region', { name: 'Test' });
  const send = testing.getByRole('button', { name: 'Send a test message' });
  await send.click();
  await testing.getByText('the pager has it').waitFor();
  assert.equal(receiver.received[0]?.path, '/page');
  assert.match(receiver.received[0]?.body ?? '', / is down$/);
  isRefused = true;
  await send.click();
  await testing.getByText('403').waitFor();
  await testing.getByText('Failed', { exact: true }).waitFor();
  await page.getByRole('region', { name: 'Messages' }).getByRole('row', { name: /403/ }).waitFor();
  await requireAccessibleInBothThemes(page, 'a channel');
  await page.getByRole('button', { name: /^Failed .*Tries/ }).click();
  await page
    .getByRole('dialog', { name: 'Tries of the message' })
    .getByText('Failed', { exact: true })
    .waitFor();
  await page.getByRole('dialog').getByText('this token was revoked').waitFor();
  await requireAccessibleInBothThemes(page, 'the tries of a message');
  await page.keyboard.press('Escape');

  // A secret that is set is taken away, but for the one address that is needed.
  const settings = page.getByRole('region', { name: 'Settings' });
  const set = settings.getByRole('group', { name: 'Outages' });
  await set.getByLabel('Headers').fill('X-Pager: s3cret');
  await settings.getByRole('button', { name: 'Save' }).click();
  await set.getByLabel('Remove what is set: Headers').check();
  await set.getByPlaceholder('removed when you save').waitFor();
  await requireAccessibleInBothThemes(page, 'a secret that is taken away');
  await settings.getByRole('button', { name: 'Save' }).click();
  await set.getByLabel('Remove what is set: Headers').waitFor({ state: 'detached' });
  await set.getByLabel('Remove what is set: Address').check();
  await settings.getByRole('button', { name: 'Save' }).click();
  await set.getByRole('alert').filter({ hasText: 'an address is needed' }).waitFor();
  assert.match(complaints.splice(0).join(), /^Failed to load resource.* 400 [^,]*$/);

  await page.goto(`${all.pages}/channels`);
  await page.getByRole('row', { name: /On call/ }).waitFor();
  await requireAccessibleInBothThemes(page, 'channels');
  assert.deepEqual(complaints, []);
});

test('an invitation is handed over as a link, and makes a member', async () => {
  const { page, complaints } = owner;
  await page.goto(`${all.pages}/settings/members`);
  await page.getByLabel('E-mail address').fill('newcomer@example.org');
  await page.getByLabel('As', { exact: true }).selectOption('manager');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const shown = page.getByText(/^http:.*\/invitation\?token=/);
  const first = await shown.innerText();
  await page.getByText('newcomer@example.org is invited as manager').waitFor();
  await requireAccessibleInBothThemes(page, 'an invitation');
  await page.getByRole('button', { name: /^Show the link.*newcomer@example/ }).click();
  await page.getByText('It is the same link').waitFor();
  assert.equal(await shown.innerText(), first);
  await page.getByLabel('E-mail address').fill('newcomer@example.org');
  await page.getByLabel('As', { exact: true }).selectOption('manager');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByText('The link of the earlier invitation leads in no more').waitFor();
  const link = await shown.innerText();

  const newcomer = await all.anybody();
  await newcomer.page.goto(all.url + new URL(first).pathname + new URL(first).search);
  await newcomer.page.getByText('This invitation was used').waitFor();
  assert.match(newcomer.complaints.splice(0).join(), /404/);
  await newcomer.page.goto(all.url + new URL(link).pathname + new URL(link).search);
  await newcomer.page.getByText('as manager').waitFor();
  await requireAccessibleInBothThemes(newcomer.page, 'invited');
  await newcomer.page.getByLabel('Your name').fill('Nora');
  await newcomer.page.getByLabel('Password').fill(PASSWORD);
  await newcomer.page.getByRole('button', { name: 'Join' }).click();
  await newcomer.page.getByRole('heading', { name: 'Now' }).waitFor();
  await page.getByRole('row', { name: /Nora/ }).waitFor();
  await page.getByText('newcomer@example.org is invited').waitFor({ state: 'detached' });

  await page.getByLabel('Role of newcomer@example.org').selectOption('readonly');
  await page.getByText('newcomer@example.org is read-only member now', { exact: true }).waitFor();
  await newcomer.page.getByRole('link', { name: 'Channels' }).click();
  await newcomer.page.getByRole('row', { name: /On call/ }).waitFor();
  await newcomer.page.getByRole('link', { name: 'Add a channel' }).waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /Nora/ }).getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('row', { name: /Nora/ }).waitFor({ state: 'detached' });
  // The open page says so by itself.
  await newcomer.page.getByRole('heading', { name: 'Nothing is here' }).waitFor({ timeout: 5_000 });
  assert.deepEqual(newcomer.complaints, []);
  assert.deepEqual(complaints, []);
  await newcomer.context.close();
});

/** What stands on which page for whom: roles from the strongest, each with what it is the last to see. */
const RANKS = ['owner', 'manager', 'member', 'readonly'] as const;
const SEEN: [page: string, heading: string, role: 'button' | 'link', name: string, least: Role][] = [
  ['/settings', 'Project', 'button', 'Delete the project', 'owner'],
  ['/settings', 'Project', 'button', 'Save', 'member'],
  ['/settings', 'Project', 'link', 'Audit log', 'manager'],
  ['/settings', 'Project', 'link', 'Keys', 'member'],
  ['/settings/members', 'Members', 'button', 'Invite', 'manager'],
  ['/settings/members', 'Members', 'button', 'Leave', 'readonly'],
  ['/channels', 'Channels', 'link', 'Add a channel', 'member'],
  ['/channels', 'Channels', 'link', 'On call', 'readonly'],
];
/** Addresses that whoever may not go there reads a reason at. */
const REFUSED: [page: string, least: Role][] = [
  ['/settings/keys', 'member'],
  ['/settings/audit', 'manager'],
  ['/channels/new/webhook', 'member'],
];
/** What the server itself refuses, whatever the pages show. */
const CALLS: [method: 'post' | 'patch' | 'delete', path: string, data: object | null, least: Role][] = [
  ['patch', '/projects/:project', { name: '' }, 'member'],
  ['post', '/projects/:project/invitations', { email: '' }, 'manager'],
  ['post', '/channels?project=:project', { kind: 'none' }, 'member'],
  ['post', '/projects/:project/keys', { name: '' }, 'member'],
  ['delete', '/projects/:project', null, 'owner'],
];

function mayAs(role: Role, least: Role): boolean {
  return RANKS.indexOf(role) <= RANKS.indexOf(least);
}

for (const role of RANKS) {
  test(`a person who is ${role} sees and may do what that role may, and nothing else`, async () => {
    const { page, context, complaints } = role === 'owner' ? owner : await all.enter(role);
    let shown = '';
    for (const [path, heading, kind, name, least] of SEEN) {
      if (path !== shown) await page.goto(all.pages + path);
      shown = path;
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      if (path === '/channels') await page.getByRole('row', { name: /On call/ }).waitFor();
      if (path === '/settings/members')
        await page.getByText(`${role}@example.org`, { exact: true }).waitFor();
      const there = await page.getByRole(kind, { name, exact: true }).count();
      assert.equal(there, mayAs(role, least) ? 1 : 0, `${role}: ${name} on ${path}`);
    }
    for (const [path, least] of REFUSED) {
      await page.goto(all.pages + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const refusal = page.getByRole('heading', { name: 'This is not for your role' });
      if (mayAs(role, least)) await page.locator('main section, main search').first().waitFor();
      else await refusal.waitFor();
      assert.equal(await refusal.count(), mayAs(role, least) ? 0 : 1, `${role} at ${path}`);
    }
    if (role === 'readonly') await requireAccessibleInBothThemes(page, 'not for this role');
    assert.deepEqual(complaints, []);
    for (const [method, path, data, least] of CALLS) {
      if (method === 'delete' && mayAs(role, least)) continue;
      const answer = await context.request[method](
        `${all.url}/api/vigie${path.replace(':project', all.project)}`,
        { headers: { Origin: all.url }, ...(data === null ? {} : { data }) },
      );
      assert.equal(answer.status(), mayAs(role, least) ? 400 : 403, `${role}: ${method} ${path}`);
    }
    if (role !== 'owner') await context.close();
  });
}

test('a stranger with an account sees nothing of the project', async () => {
  const { page, context, complaints } = await all.stranger();
  for (const path of ['', '/settings', '/settings/members', '/settings/keys', '/channels']) {
    await page.goto(all.pages + path);
    await page.getByRole('heading', { name: 'Nothing is here' }).waitFor();
  }
  await requireAccessibleInBothThemes(page, 'nothing here');
  assert.deepEqual(complaints, []);
  const answer = await context.request.get(`${all.url}/api/vigie/channels?project=${all.project}`);
  assert.equal(answer.status(), 404);
  await page.goto(all.url);
  await page.getByText('You are in no project').waitFor();
  await requireAccessibleInBothThemes(page, 'in no project');
  await context.close();
});

test('a key is shown once; the audit log tells of it, and is filtered by its address', async () => {
  const { page, complaints } = owner;
  await page.goto(`${all.pages}/settings/keys`);
  await page.getByLabel('Name', { exact: true }).fill('Grafana');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const key = await page.getByText(/^hcr_\w{28}$/).innerText();
  const row = page.getByRole('row', { name: /Grafana/ });
  await row.waitFor();
  await requireAccessibleInBothThemes(page, 'a fresh key');
  await page.reload();
  await row.waitFor();
  assert.equal(await page.getByText(key).count(), 0, 'the key is shown again');
  await row.getByRole('button', { name: /^Revoke .*Grafana/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row.waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByRole('row', { name: /key\.create .*name Grafana/ }).waitFor();
  await page
    .getByRole('row', { name: /channel\.update On call: copy its id/ })
    .first()
    .waitFor();
  await requireAccessibleInBothThemes(page, 'the audit log');
  await page.getByLabel('What').fill('channel.create');
  await page
    .getByRole('row', { name: /Grafana/ })
    .first()
    .waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /On call/ }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('action'), 'channel.create');
  await page.reload();
  await page.getByRole('row', { name: /On call/ }).waitFor();
  await page.getByLabel('Who').fill('nobody@example.org');
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  assert.deepEqual(complaints, []);
});

/** Runs in the page: how wide each badge is. What is no image is refused. */
const BADGE_WIDTHS = `Promise.all([...document.querySelectorAll('.badge-row img')].map(async (image) => {
  await image.decode();
  return image.naturalWidth;
}))`;

test('a badge is previewed as others will see it', async () => {
  const { page, complaints } = owner;
  await page.goto(`${all.pages}/settings/badges`);
  const badge = page.getByRole('img', { name: 'The badge of All checks now' });
  await badge.waitFor();
  for (const width of await page.evaluate<number[]>(BADGE_WIDTHS)) assert.ok(width > 20, `${width} px`);
  const code = page.locator('.badge-row pre').first();
  assert.match(await code.innerText(), /^!\[.*\]\(http.*\.svg\)/);
  await page.getByLabel('Format').selectOption('json');
  assert.match(await code.innerText(), /^http.*\.json$/);
  await page.getByLabel('Show late checks as late').check();
  for (const width of await page.evaluate<number[]>(BADGE_WIDTHS)) assert.ok(width > 20, `${width} px`);
  await requireAccessibleInBothThemes(page, 'badges');
  assert.deepEqual(complaints, []);
});

test('all of it is read in French, on a phone', async () => {
  const { page, context, complaints } = owner;
  await page.goto(`${all.pages}/settings`);
  await page.getByRole('button', { name: 'Save' }).waitFor();
  await requireAccessibleInBothThemes(page, 'the settings');
  const french = await context.request.patch(`${all.url}/api/vigie/me`, {
    headers: { Origin: all.url },
    data: { language: 'fr' },
  });
  assert.ok(french.ok(), await french.text());
  await page.setViewportSize({ width: 360, height: 640 });
  for (const [path, words] of [
    ['/settings', 'Qui est prévenu'],
    ['/settings/members', 'tout, y compris supprimer'],
    ['/settings/keys', 'Clé de ping'],
    ['/settings/badges', 'Tous les contrôles'],
    ['/settings/audit', 'Quand'],
    ['/channels', 'fonctionne|403'],
    ['/channels/new', 'Ajouter un canal'],
    ['/channels/new/webhook', 'Sans adresse, rien n’est appelé'],
    ['/channels/new/email', 'Adresse électronique'],
  ] as const) {
    await page.goto(all.pages + path);
    await page.getByText(new RegExp(words)).first().waitFor();
    await requireNoOverflow(page, path);
    await picture(page, `fr-360${path.replaceAll('/', '-')}`);
  }
  // What has no place in the bar is behind its last entry.
  await page.goto(all.pages);
  const bar = page.getByRole('navigation', { name: 'Pages' });
  await bar.getByRole('button', { name: 'Plus' }).click();
  await requireAccessibleInBothThemes(page, 'more pages on a phone');
  assert.deepEqual(await page.getByRole('menuitem').allInnerTexts(), [
    'Incidents',
    'Silences',
    'Maintenance',
    'Canaux',
    'Projet',
  ]);
  assert.equal(
    await bar.evaluate((row) => row.scrollWidth - row.clientWidth),
    0,
    'the bar is wider than the screen',
  );
  await page.getByRole('menuitem', { name: 'Canaux' }).click();
  await page.getByRole('link', { name: 'On call' }).click();
  await page.getByRole('region', { name: 'Essai' }).waitFor();
  await page.getByRole('group', { name: 'Pannes' }).getByLabel('Adresse', { exact: true }).waitFor();
  await requireAccessibleInBothThemes(page, 'a channel on a phone');
  await requireNoOverflow(page, 'a channel');
  assert.deepEqual(complaints, []);
});
