/** Alerts in a real browser: raised live, taken up, silenced, explained, planned around; by keys, as a guest, on a phone. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Alert, Check, Page as ListPage, Silence, Window } from '@vigie/contract';
import type { Locator, Page } from 'playwright-core';
import { type LocalServer, localServer } from '../apps/server/src/notify/testing/local-server.ts';
import { until } from '../apps/server/test/support/until.ts';
import { requireAccessible, requireAccessibleInBothThemes, requireNoOverflow } from './page-quality.ts';
import { type Team, team, type Visitor } from './team.ts';

/** Milliseconds in which the server, asked anew, says what was done. */
const SOON = 5_000;

let all: Team;
let owner: Visitor;
let pager: LocalServer;

before(async () => {
  pager = await localServer();
  all = await team();
  owner = await all.enter('owner');
  owner.page.setDefaultTimeout(10_000);
  const settings = { url_down: `${pager.url}/`, method_down: 'POST', body_down: '$NAME' };
  await api('POST', '/channels', { kind: 'webhook', name: 'On call', settings });
});

after(async () => {
  await all[Symbol.asyncDispose]();
  await pager[Symbol.asyncDispose]();
});

test('an outage appears by itself; it is taken up and silenced in one click each, and both are taken back', async () => {
  const { page, complaints } = owner;
  await page.goto(`${all.pages}/alerts`);
  await page.getByRole('heading', { name: 'Nothing fires' }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await requireAccessibleInBothThemes(page, 'no alert');
  await page.evaluate('window.isSamePage = true');
  const check = await failing('Nightly backup');
  const row = rowOf(page, 'Nightly backup');
  await row.getByRole('link', { name: 'Nightly backup' }).waitFor();
  await requireAccessibleInBothThemes(page, 'an alert');

  await row.getByRole('button', { name: 'Acknowledge Nightly backup' }).click();
  await row.getByText('owner@example.org is at it').waitFor();
  await undo(page, 'Acknowledged Nightly backup');
  await row.getByRole('button', { name: 'Acknowledge Nightly backup' }).waitFor();
  await until('nobody is at it', SOON, async () => (await alertOf(check)).acknowledged === null);

  await row.getByRole('button', { name: 'Silence Nightly backup' }).click();
  await page.getByRole('menuitem', { name: '1 hour' }).waitFor();
  await requireAccessibleInBothThemes(page, 'how long to silence');
  await page.getByRole('menuitem', { name: '1 hour' }).click();
  await row.getByRole('link', { name: 'Silenced by “Silenced from the alert: Nightly backup”' }).waitFor();
  assert.equal(await row.getByRole('button', { name: /^Silence / }).count(), 0, 'it can be silenced twice');
  await undo(page, 'Silenced Nightly backup; it ends in 1 hour');
  await row.getByRole('button', { name: 'Silence Nightly backup' }).waitFor();
  assert.equal((await alertOf(check)).silenced, null);
  assert.equal(await page.evaluate('window.isSamePage'), true, 'the page was loaded anew');
  assert.deepEqual(complaints, []);
});

test('without a mouse: j, k, x and a, an alert’s page, and back', async () => {
  const { page, complaints } = owner;
  const [first, second] = [await failing('Mirror one'), await failing('Mirror two')];
  await page.goto(`${all.pages}/alerts?filter=check%3D~%22Mirror.*%22`);
  await rowOf(page, 'Mirror two').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const bar = page.getByRole('toolbar', { name: 'Actions on the selected alerts' });
  await bar.getByText('2 selected').waitFor();
  await requireAccessibleInBothThemes(page, 'selected alerts');
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  await page.keyboard.press('x');
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await page.keyboard.press('a');
  await toast(page, 'Acknowledged 2 alerts').waitFor();
  await bar.waitFor({ state: 'detached' });
  await until(
    'both',
    SOON,
    async () => (await alertOf(first)).acknowledged && (await alertOf(second)).acknowledged,
  );
  await undo(page, 'Acknowledged 2 alerts');
  await page.getByRole('button', { name: /^Acknowledge all 2/ }).waitFor();

  await rowOf(page, 'Mirror two').getByRole('link', { name: 'Mirror two' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Mirror two', level: 1 }).waitFor();
  await page.getByText('CheckDown of Mirror two was raised').waitFor();
  await page.getByRole('button', { name: 'Acknowledge', exact: true }).waitFor();
  await requireAccessibleInBothThemes(page, 'an alert of its own');
  await page.getByLabel('A word for the others').fill('the disk, again');
  await page.keyboard.press('Enter');
  await page.getByText('Acknowledged by owner@example.org: "the disk, again"').waitFor();
  assert.equal((await alertOf(second)).acknowledged?.by, 'owner@example.org');
  await page.goBack();
  await rowOf(page, 'Mirror two').getByText('is at it').waitFor();
  assert.deepEqual(complaints, []);
});

test('a silence is written with a preview, holds an outage, is ended and taken back', async () => {
  const { page, complaints } = owner;
  const check = await made('Warehouse');
  const told = pager.received.length;
  await page.goto(`${all.pages}/silences`);
  await page.getByRole('link', { name: 'New silence' }).click();
  await page.getByText('Give a label to see what it hides.').waitFor();
  await page.getByLabel('Label 1').fill('check');
  await page.getByLabel('Comparison 1').selectOption('=~');
  await page.getByLabel('Value 1').fill('Ware(');
  await page.getByRole('alert').first().waitFor();
  assert.match(complaints.splice(0).join(), /^Failed to load resource.* 400 [^,]*$/);
  await page.getByLabel('Value 1').fill('Ware.*');
  await page.getByText('Now it hides no alert. It would hide outages of one check.').waitFor();
  await page.getByRole('button', { name: '4 hours' }).click();
  await page.getByLabel('Why').fill('The hall is being moved');
  await requireAccessibleInBothThemes(page, 'a new silence');
  await page.getByLabel('Value 1').fill('.+');
  await page.getByRole('button', { name: 'Silence', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Silence everything?' });
  await question.waitFor();
  await requireAccessibleInBothThemes(page, 'silence everything');
  await question.getByRole('button', { name: 'Cancel' }).click();
  assert.match(complaints.splice(0).join(), /^Failed to load resource.* 409 [^,]*$/);
  await page.getByLabel('Value 1').fill('Ware.*');
  await page.getByRole('button', { name: 'Silence', exact: true }).click();
  await page.getByRole('heading', { name: 'Silences', level: 1 }).waitFor();
  await page.getByText(/hides nothing now/).waitFor();
  await requireAccessibleInBothThemes(page, 'silences');

  await fetch(`${check.ping_url}/fail`);
  await page.getByText(/hides one alert/).waitFor();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Alerts' }).click();
  const held = rowOf(page, 'Warehouse').getByRole('link', {
    name: 'Held by the silence “The hall is being moved”',
  });
  await held.waitFor();
  await page.getByRole('link', { name: 'Why was nobody told?' }).click();
  await page.getByText(/held back by the silence "The hall is being moved"/).waitFor();
  await requireAccessibleInBothThemes(page, 'why nobody was told');
  assert.equal(pager.received.length, told, 'somebody was told of what is silenced');

  await page.goto(`${all.pages}/silences`);
  await page.getByRole('button', { name: 'End it: The hall is being moved' }).click();
  await until('the message', SOON, () => pager.received.length > told);
  await undo(page, 'The silence is over');
  await page.getByRole('link', { name: 'The hall is being moved' }).waitFor();
  await page.getByRole('link', { name: 'Over', exact: true }).click();
  await page.getByRole('link', { name: 'The hall is being moved' }).click();
  await page.getByRole('button', { name: 'Silence again' }).waitFor();
  await requireAccessibleInBothThemes(page, 'a silence that is over');
  const { items } = await api<ListPage<Silence>>('GET', '/silences?state=active');
  assert.deepEqual(
    items.map(({ comment }) => comment),
    ['The hall is being moved'],
  );
  assert.deepEqual(complaints, []);
});

test('maintenance is planned once and by cron, changed and deleted', async () => {
  const { page, complaints } = owner;
  await page.goto(`${all.pages}/maintenance`);
  await page.getByRole('heading', { name: 'Nothing is planned' }).waitFor();
  await page.getByRole('link', { name: 'Plan maintenance' }).click();
  await page.getByLabel('Name', { exact: true }).fill('New switches');
  await page.getByLabel('Tags').fill('network');
  await requireAccessibleInBothThemes(page, 'maintenance once');
  await page.getByRole('button', { name: 'Plan it' }).click();
  await page.getByRole('row', { name: /New switches open, closes/ }).waitFor();

  await page.getByRole('link', { name: 'Plan maintenance' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Reboots');
  await page.getByRole('radio', { name: 'Again and again' }).check();
  const cron = page.getByLabel('It opens (cron)');
  await cron.fill('0 2 * * FUNDAY');
  await page.getByText('This is no cron expression').waitFor();
  await cron.fill('30 4 * * SUN');
  await page.getByText(/Every Sunday at 04:30/).waitFor();
  await page.getByLabel('For so many minutes').fill('90');
  await requireAccessibleInBothThemes(page, 'maintenance by cron');
  await page.getByRole('button', { name: 'Plan it' }).click();
  const row = page.getByRole('row', { name: /Reboots opens .* Every Sunday at 04:30/ });
  await row.waitFor();
  await requireAccessibleInBothThemes(page, 'maintenance');

  await row.getByRole('link', { name: 'Reboots' }).click();
  await page.getByLabel('For so many minutes').fill('30');
  await page.getByRole('button', { name: 'Save' }).click();
  await row.waitFor();
  const planned = await api<ListPage<Window>>('GET', '/windows');
  assert.deepEqual(
    planned.items.map(({ name, duration, tags }) => [name, duration, tags]),
    [
      ['Reboots', 1_800, []],
      ['New switches', null, ['network']],
    ],
  );
  await row.getByRole('link', { name: 'Reboots' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: 'Delete Reboots?' });
  await question.waitFor();
  await requireAccessibleInBothThemes(page, 'delete maintenance');
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('row', { name: /New switches/ }).waitFor();
  await row.waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
});

test('a grave outage opens an incident with its times', async () => {
  const { page, complaints } = owner;
  const check = await failing('Payments', ['tier1']);
  await page.goto(`${all.pages}/incidents`);
  await page.getByRole('row', { name: /Payments .* nobody still open/ }).waitFor();
  await requireAccessibleInBothThemes(page, 'incidents');
  await page.getByRole('link', { name: 'CheckDown: Payments' }).click();
  const times = page.getByRole('region', { name: 'Times' });
  await times.getByText('not yet').nth(1).waitFor();
  await page.getByRole('button', { name: 'Acknowledge Payments' }).click();
  await times.getByText(/, owner@example\.org/).waitFor();
  await fetch(check.ping_url ?? '');
  await page.getByText('resolved', { exact: true }).waitFor();
  await times.getByText('not yet').first().waitFor({ state: 'detached' });
  await requireAccessibleInBothThemes(page, 'an incident');
  assert.deepEqual(complaints, []);
});

test('without the network nothing is said to be done, and all comes back with it', async () => {
  const { page, context, complaints } = owner;
  const check = await failing('Lighthouse');
  await page.goto(`${all.pages}/alerts`);
  const row = rowOf(page, 'Lighthouse');
  await row.waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await context.setOffline(true);
  await row.getByRole('button', { name: 'Acknowledge Lighthouse' }).click();
  await page.getByRole('listitem').filter({ hasText: 'The server cannot be reached' }).waitFor();
  await row.getByRole('button', { name: 'Acknowledge Lighthouse' }).waitFor();
  assert.equal(await page.getByText('Acknowledged Lighthouse').count(), 0);
  assert.equal((await alertOf(check)).acknowledged, null);
  await context.setOffline(false);
  await row.getByRole('button', { name: 'Acknowledge Lighthouse' }).dblclick();
  await row.getByText('owner@example.org is at it').waitFor();
  await fetch(check.ping_url ?? '');
  await row.waitFor({ state: 'detached' });
  for (const complaint of complaints.splice(0)) assert.match(complaint, /ERR_INTERNET_DISCONNECTED/);
});

test('who may only look sees everything and no button that would be refused, in French, on a phone', async () => {
  await failing('x'.repeat(100));
  await failing('مراقبة النسخ الاحتياطي');
  const { page, context, complaints } = await all.enter('readonly');
  const french = await context.request.patch(`${all.url}/api/vigie/me`, {
    headers: { Origin: all.url },
    data: { language: 'fr' },
  });
  assert.ok(french.ok(), await french.text());
  await page.setViewportSize({ width: 360, height: 640 });
  const { items } = await api<ListPage<Alert>>('GET', '/alerts?state=firing');
  const { items: silences } = await api<ListPage<Silence>>('GET', '/silences');
  const { items: windows } = await api<ListPage<Window>>('GET', '/windows');
  const { items: incidents } = await api<ListPage<{ id: string }>>('GET', '/incidents');
  const pages = [
    ['/alerts', 'Alertes'],
    ['/alerts/explain', 'Ce qui s’est passé, et qui a été prévenu'],
    [`/alerts/${items[0]?.id}`, /./],
    ['/silences', 'Silences'],
    [`/silences/${silences[0]?.id}`, 'The hall is being moved'],
    ['/maintenance', 'Maintenance'],
    [`/maintenance/${windows[0]?.id}`, 'New switches'],
    ['/incidents', 'Incidents'],
    [`/incidents/${incidents[0]?.id}`, /Payments/],
  ] as const;
  for (const [path, heading] of pages) {
    await page.goto(all.pages + path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.getByText('Chargement').first().waitFor({ state: 'detached' });
    await requireNoOverflow(page, path);
    await requireAccessible(page, path);
    const buttons = await page.getByRole('main').getByRole('button').allInnerTexts();
    assert.deepEqual(buttons, [], `what the server would refuse is offered: ${path}`);
    const links = page.getByRole('main').getByRole('link', { name: /^(Nouveau silence|Planifier)/ });
    assert.equal(await links.count(), 0, path);
  }
  await page.goto(`${all.pages}/alerts`);
  await rowOf(page, 'x'.repeat(100)).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await page.getByText('Ce qui s’est passé').waitFor();
  assert.deepEqual(complaints, []);
});

/** Calls the native API as the project's owner. @throws AssertionError when it is refused. */
async function api<T>(method: string, path: string, data?: object): Promise<T> {
  const answer = await owner.context.request.fetch(`${all.url}/api/vigie${path}`, {
    method,
    headers: { Origin: all.url },
    ...(data === undefined ? {} : { data }),
  });
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** A new check that is up, and tells everybody. */
async function made(name: string, tags: readonly string[] = []): Promise<Check> {
  const check = await api<Check>('POST', '/checks', { name, tags, channels: 'all' });
  await fetch(check.ping_url ?? '');
  return check;
}

/** A new check that has gone down. */
async function failing(name: string, tags: readonly string[] = []): Promise<Check> {
  const check = await made(name, tags);
  await fetch(`${check.ping_url}/fail`);
  return check;
}

async function alertOf({ id }: Check): Promise<Alert> {
  const { items } = await api<ListPage<Alert>>('GET', `/alerts?check=${id}`);
  const [alert] = items;
  assert.ok(alert !== undefined, 'no alert');
  return alert;
}

/** The entry of an alert in the list. */
function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) });
}

function toast(page: Page, text: string): Locator {
  return page
    .getByRole('listitem')
    .filter({ hasText: text, has: page.getByRole('button', { name: 'Undo' }) });
}

async function undo(page: Page, text: string): Promise<void> {
  await toast(page, text).getByRole('button', { name: 'Undo' }).click();
}
