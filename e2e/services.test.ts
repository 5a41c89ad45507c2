/** Services in a real browser: watched, seen going down and coming back, found, tried, changed, taken back. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { createServer as createPort } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Check, Service } from '@vigie/contract';
import type { Locator, Page } from 'playwright-core';
import { until } from '../apps/server/test/support/until.ts';
import { requireAccessibleInBothThemes, requireNoOverflow } from './page-quality.ts';
import { type Team, team, type Visitor } from './team.ts';

/** Milliseconds for what a probe of five seconds finds, on a busy machine. */
const SOON = 20_000;
const MANY = 1_000;

/** Something to watch: a web server of ours. */
interface Peer extends AsyncDisposable {
  port: number;
  close(): Promise<void>;
}

async function peer(port = 0): Promise<Peer> {
  const server: Server = createServer((_, response) => response.end('well'));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A port of ours that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createPort();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('services', () => {
  let all: Team;
  let owner: Visitor;

  before(async () => {
    all = await team();
    owner = await all.enter('owner');
  });
  after(() => all[Symbol.asyncDispose]());

  it('are added with a trial, go down with a reason in words, are probed and come back', async () => {
    const { page, complaints } = owner;
    await using web = await peer();
    await page.goto(`${all.pages}/services`);
    await page.getByRole('heading', { name: 'No service is watched yet' }).waitFor();
    await requireAccessibleInBothThemes(page, 'no services');
    await page.getByRole('link', { name: 'New service' }).first().click();
    await page.getByRole('searchbox', { name: 'Search kinds' }).fill('http');
    await page.getByText('1 kind', { exact: true }).waitFor();
    assert.equal(new URL(page.url()).search, '?q=http');
    await requireAccessibleInBothThemes(page, 'kinds of services');
    await page.getByRole('link', { name: 'HTTP' }).click();
    await page.getByRole('heading', { name: 'New service: HTTP' }).waitFor();

    await page.getByLabel('Address').fill('ftp://127.0.0.1');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByRole('alert').filter({ hasText: 'begins with http:// or https://' }).waitFor();
    await page.getByLabel('Address').fill(`http://127.0.0.1:${web.port}/`);
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('It is well.').waitFor();
    await page.getByText('probe_http_status_code').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Shop');
    await page.getByLabel('Tier').selectOption('Tier 1: critical');
    await page.getByLabel('Set interval, timeout and grace').check();
    await page.getByRole('combobox', { name: 'Interval: unit' }).selectOption('seconds');
    await page.getByRole('spinbutton', { name: 'Interval' }).fill('2');
    await page.getByLabel('Timeout, seconds').fill('2');
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('alert').filter({ hasText: '5' }).waitFor();
    await page.getByRole('spinbutton', { name: 'Interval' }).fill('5');
    await requireAccessibleInBothThemes(page, 'a new service');
    // The browser itself reports each refused call.
    for (const text of complaints.splice(0)) assert.match(text, /^Failed to load resource.* 400 /);
    await page.getByRole('button', { name: 'Add it' }).click();

    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor();
    await page.getByText('Healthy: its last run was well.').waitFor({ timeout: SOON });
    await page.getByText('wait for the answer').waitFor();
    const measured = page.getByRole('row', { name: /^probe_http_response_seconds / });
    await measured.getByText('warning > 2 sec').waitFor();
    await page.getByRole('searchbox', { name: 'Search measurements' }).fill('status_code');
    await measured.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /^probe_http_status_code 200/ }).waitFor();
    await requireAccessibleInBothThemes(page, 'a healthy service');

    await web.close();
    await page.getByText('Unhealthy: the connection was refused.').waitFor({ timeout: SOON });
    await page.getByText(`127.0.0.1:${web.port} refused the connection`).waitFor();
    await page.getByRole('button', { name: 'Probe now' }).click();
    const answer = page.getByRole('region', { name: 'Probed just now' });
    await answer.getByText('It failed: the connection was refused.').waitFor();
    await answer.getByText('failed here').waitFor();
    await requireAccessibleInBothThemes(page, 'an unhealthy service');

    await using again = await peer(web.port);
    await page.keyboard.press('r');
    await answer.getByText('It is well.').waitFor();
    await page.getByText('Healthy: its last run was well.').waitFor();
    assert.equal(again.port, web.port);

    await page.getByRole('link', { name: 'Its check' }).click();
    await page.getByRole('heading', { name: 'Vigie reports for it' }).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'How to ping it' }).count(), 0);
    await requireAccessibleInBothThemes(page, 'the check of a service');
    await page.getByRole('link', { name: 'To the service' }).click();
    await page.getByRole('heading', { name: 'Phases of the last run' }).waitFor();
    assert.deepEqual(complaints, []);
  });

  it('are changed: thresholds with errors on their fields, a warning, another tier', async () => {
    const { page, complaints } = owner;
    await using web = await peer();
    const service = await made('Catalogue', web.port, { interval: 5, timeout: 1 });
    await page.goto(`${all.pages}/services/${service.id}`);
    await page.getByText('Healthy: its last run was well.').waitFor({ timeout: SOON });
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Own thresholds in place of those of its kind').check();
    await page.getByRole('button', { name: 'Add a threshold' }).click();
    const threshold = page.getByRole('group', { name: 'Threshold 4' });
    await threshold.getByLabel('Measurement').fill('not a name');
    await page.getByRole('button', { name: 'Save' }).click();
    await threshold.getByRole('alert').filter({ hasText: 'is not the name of a metric' }).waitFor();
    await requireAccessibleInBothThemes(page, 'a threshold that is refused');
    for (const text of complaints.splice(0)) assert.match(text, /^Failed to load resource.* 400 /);
    await threshold.getByLabel('Measurement').fill('probe_http_status_code');
    await threshold.getByLabel('Warning').fill('100');
    await page.getByLabel('Tier').selectOption('Tier 2: essential');
    // Somebody else changes it meanwhile: both changes stay.
    await asOwner('PATCH', `/services/${service.id}`, { name: 'Catalogue of books' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'Somebody changed this service meanwhile' }).waitFor();
    for (const text of complaints.splice(0)) assert.match(text, /^Failed to load resource.* 409 /);
    await page.getByRole('button', { name: 'Save my version' }).click();
    await page.getByRole('heading', { name: 'Catalogue of books', level: 1, exact: true }).waitFor();
    await page.getByText('Degraded: it answers').waitFor({ timeout: SOON });
    await page.getByText('is 200, warning > 100').waitFor();
    await page.getByText('Tier 2: essential').waitFor();
    await requireAccessibleInBothThemes(page, 'a degraded service');
    const after = await asOwner<Service>('GET', `/services/${service.id}`);
    assert.deepEqual([after.interval, after.tier, after.thresholds.length], [5, 2, 4]);
    assert.deepEqual(complaints, []);
  });

  it('are grouped by tier, filtered by the address, paused and deleted with a way back', async () => {
    const { page, complaints } = owner;
    await using web = await peer();
    const job = await asOwner<Check>('POST', `/checks?project=${all.project}`, { name: 'Night backup' });
    const database = await made('Database', await closedPort(), { tier: 1, depends_on: [job.id] });
    const api = await made('Interface', web.port, { tier: 2, depends_on: [database.id] });
    await made('Loose end', web.port);
    await page.goto(`${all.pages}/services`);
    const rowOf = (name: string): Locator => page.getByRole('row', { name: new RegExp(`\\b${name}\\b`) });
    await rowOf('Database').getByText('the connection was refused').waitFor({ timeout: SOON });
    await rowOf('Interface').getByText('healthy').waitFor({ timeout: SOON });
    const heads = await page.getByRole('rowheader').or(page.locator('th[scope="rowgroup"]')).allInnerTexts();
    assert.match(heads[0] ?? '', /^Tier 1: critical/);
    assert.match(heads.at(-1) ?? '', /^Without a tier/);

    const picture = page.getByRole('list', { name: 'What depends on what' });
    await picture.getByRole('link', { name: 'Database, unhealthy, depends on Night backup' }).waitFor();
    await picture.getByRole('link', { name: 'Interface, healthy, depends on Database' }).waitFor();
    await picture.getByRole('link', { name: 'Night backup, new' }).waitFor();
    await requireAccessibleInBothThemes(page, 'services');
    await page.getByText(/^Dependencies \(/).click();
    await page.waitForURL((url) => url.search === '?graph=closed');
    await picture.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: /unhealthy$/ }).click();
    await rowOf('Interface').waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: 'Search services' }).fill('data');
    await page.getByText('1 service', { exact: true }).waitFor();
    assert.equal(new URL(page.url()).search, '?q=data&state=unhealthy&graph=closed');
    await page.reload();
    await page.getByText('1 service', { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Database', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Interface' }).waitFor();
    await page.getByRole('link', { name: 'Night backup' }).waitFor();

    await page.getByRole('button', { name: 'More about Database' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'This service is deleted', level: 1 }).waitFor();
    await undo(page, 'Deleted Database');
    await page.getByRole('heading', { name: 'Database', level: 1 }).waitFor();

    await page.goto(`${all.pages}/services?q=interface`);
    await rowOf('Interface').getByRole('button', { name: 'More about Interface' }).click();
    await page.getByRole('menuitem', { name: 'Probe now' }).click();
    await page
      .getByText(/^Interface answered in /)
      .first()
      .waitFor();
    await rowOf('Interface').getByRole('link', { name: 'Interface' }).focus();
    await page.keyboard.press('p');
    await rowOf('Interface').getByText('paused').waitFor();
    await undo(page, 'Paused Interface');
    await rowOf('Interface').getByText('healthy').waitFor();
    assert.equal((await asOwner<Service>('GET', `/services/${api.id}`)).state, 'healthy');

    // Changed, made and deleted by others: the list follows.
    await asOwner('PATCH', `/services/${api.id}`, { name: 'Interface two' });
    await rowOf('Interface two').waitFor();
    await made('Interface three', web.port);
    await rowOf('Interface three').waitFor();
    await asOwner('DELETE', `/checks/${api.id}`);
    await rowOf('Interface two').waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
  });

  it('are read in French on a phone; who may only look sees nothing that would be refused', async () => {
    const reader = await all.enter('readonly');
    const { page, context, complaints } = reader;
    await context.request.patch(`${all.url}/api/vigie/me`, {
      headers: { Origin: all.url },
      data: { language: 'fr' },
    });
    await page.setViewportSize({ width: 360, height: 640 });
    await page.goto(`${all.pages}/services`);
    await page.getByText('Niveau 1 : critiques').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Nouveau service' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: /^Plus sur/ }).count(), 0);
    await requireNoOverflow(page, 'services');
    await requireAccessibleInBothThemes(page, 'services on a phone');
    await page.getByText(/^Dépendances \(/).click();
    await page.getByRole('list', { name: 'Ce qui dépend de quoi' }).waitFor();
    await requireNoOverflow(page, 'dependencies');
    await requireAccessibleInBothThemes(page, 'dependencies on a phone');
    await page.getByRole('cell').getByRole('link', { name: 'Database' }).click();
    await page.getByText('Défaillant : la connexion a été refusée.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Sonder maintenant' }).count(), 0);
    await requireNoOverflow(page, 'a service');
    await requireAccessibleInBothThemes(page, 'a service on a phone');
    await page.goto(`${all.pages}/services/new/tcp`);
    await page.getByRole('heading', { name: 'Votre rôle ne le permet pas' }).waitFor();
    assert.deepEqual(complaints, []);
  });

  it('are usable by the thousand', async () => {
    const { page, complaints } = owner;
    const port = await closedPort();
    for (let start = 0; start < MANY; start += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          made(`Node ${String(start + at).padStart(4, '0')}`, port, {
            tier: 1 + (at % 4),
            interval: 3_600,
            timeout: 1,
            kind: 'tcp',
            settings: { host: '127.0.0.1', port },
          }),
        ),
      );
    }
    await page.goto(`${all.pages}/services?graph=closed`);
    const count = page.getByText(/^1,0\d\d services$/);
    await count.waitFor();
    const began = performance.now();
    await page.getByRole('searchbox', { name: 'Search services' }).fill('node 0777');
    await page.getByText('1 service', { exact: true }).waitFor();
    await page.getByRole('row', { name: /Node 0777/ }).waitFor();
    assert.ok(performance.now() - began < 3_000, 'the search of a thousand services is slow');
    await page.keyboard.press('Escape');
    await count.waitFor();
    const drawn = await page.getByRole('row').count();
    assert.ok(drawn < 60, `${drawn} rows are in the page`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await page.locator('th[scope="rowgroup"]').filter({ hasText: 'Without a tier' }).waitFor();
    await until('all to be looked at', SOON, async () => {
      const unknown = page.getByRole('button', { name: /unknown$/ });
      return (await unknown.count()) === 0;
    });
    assert.deepEqual(complaints, []);
  });

  /** Calls the native API as the owner. @throws AssertionError when it is refused. */
  async function asOwner<T>(method: string, path: string, data?: object): Promise<T> {
    const url = `${all.url}/api/vigie${path}`;
    const answer = await owner.context.request.fetch(url, {
      method,
      headers: { Origin: all.url },
      ...(data === undefined ? {} : { data }),
    });
    const text = await answer.text();
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  function made(name: string, port: number, more: object = {}): Promise<Service> {
    const body = {
      name,
      kind: 'http',
      settings: { url: `http://127.0.0.1:${port}/` },
      interval: 5,
      timeout: 2,
    };
    return asOwner<Service>('POST', `/services?project=${all.project}`, { ...body, ...more });
  }
});

async function undo(page: Page, notice: string): Promise<void> {
  const said = page.getByRole('listitem').filter({ hasText: notice });
  await said.getByRole('button', { name: 'Undo' }).click();
  await said.waitFor({ state: 'detached' });
}
