/** The list of ten thousand checks, in a real browser: found, sorted, changed, taken back, by mouse and by keys. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { type ServerProcess, spawnServer } from '../apps/server/test/support/server-process.ts';
import { tempFolder } from '../apps/server/test/support/temp-folder.ts';
import { until } from '../apps/server/test/support/until.ts';
import { seed } from '../bench/support/seed.ts';
import { type Browser, openBrowser } from './browser.ts';
import { picture, requireAccessible, requireNoOverflow } from './page-quality.ts';

const CHECKS = 10_000;
/** Milliseconds for whatever the page is to show, on a busy machine. */
const PATIENCE = 12_000;
const ADMIN = { email: 'alice@example.org', password: 'correct horse battery' } as const;
/** That of every test server. */
const ADMIN_TOKEN = 'an-admin-token-for-tests-only';
const JOBS = ['backup', 'billing', 'cache warming', 'report'] as const;
const DAY = 86_400_000;

describe('the list of ten thousand checks', () => {
  const folder = tempFolder('e2e-checks');
  let server: ServerProcess;
  let codes: string[];

  before(async () => {
    const now = Date.now();
    codes = await seed(`sqlite:${folder.path}/vigie.db`, {
      checks: CHECKS,
      // The first half is up for a day, the others wait for their first ping.
      deadline: (i) => (i < CHECKS / 2 ? now + DAY : null),
      webhook: 'http://127.0.0.1:9/',
      fields: (i) => ({
        name: `${JOBS[i % JOBS.length]} ${String(i).padStart(4, '0')}`,
        tags: i % 100 === 0 ? 'prod rare' : 'prod',
      }),
    });
    server = await spawnServer({
      dataDir: folder.path,
      env: { VIGIE_ADMIN_EMAIL: ADMIN.email, VIGIE_ADMIN_PASSWORD: ADMIN.password },
    });
    for (const code of codes.slice(0, 3)) await fetch(`${server.url}/ping/${code}/fail`);
  });

  after(async () => {
    await server.end('SIGKILL');
    folder[Symbol.dispose]();
  });

  it('is searched, filtered and sorted, and its address says so', async () => {
    await using browser = await openList(server.url, 'light');
    const { page } = browser;
    await page.getByText('10,000 checks', { exact: true }).waitFor();
    assert.deepEqual(await names(page, 3), ['backup 0000', 'billing 0001', 'cache warming 0002']);
    await row(page, 'backup 0000').getByText('down', { exact: true }).waitFor();
    await row(page, 'backup 0000').getByRole('img', { name: 'One run, 1 failed' }).waitFor();
    await row(page, 'backup 0000').getByText('Every hour').waitFor();
    await requireAccessible(page, 'list');

    await page.getByRole('searchbox', { name: 'Search checks' }).pressSequentially('report 99');
    await page.getByText('25 checks', { exact: true }).waitFor();
    assert.equal(parameters(page), 'q=report+99');
    await page.getByRole('button', { name: 'Status', exact: true }).first().click();
    await page.getByRole('menuitemcheckbox', { name: /^new/ }).click();
    await page.keyboard.press('Escape');
    await until('the address', 5_000, () => parameters(page) === 'q=report+99&status=new' || undefined);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('10,000 checks', { exact: true }).waitFor();

    await row(page, 'backup 0000').getByRole('button', { name: 'rare' }).click();
    await page.getByText('100 checks', { exact: true }).waitFor();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await page.locator('[aria-sort="descending"]').waitFor();
    await row(page, 'backup 9900').waitFor();
    assert.equal(parameters(page), 'tag=rare&sort=-name');
    await page.reload();
    await row(page, 'backup 9900').waitFor();
    await page.getByText('100 checks', { exact: true }).waitFor();
    assert.deepEqual(await names(page, 2), ['backup 9900', 'backup 9800']);
    assert.deepEqual(browser.complaints, []);
  });

  it('has its last check a jump away', async () => {
    await using browser = await openList(server.url, 'light', '?sort=created');
    const { page } = browser;
    await row(page, 'backup 0000').waitFor();
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await row(page, 'report 9999').waitFor();
    assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), String(CHECKS + 1));
    assert.ok((await page.getByRole('row').count()) < 60, 'only what is in the window is in the page');
    assert.deepEqual(browser.complaints, []);
  });

  it('changes many at once, and takes it back', async () => {
    await using browser = await openList(server.url, 'dark', '?q=billing+02&sort=name');
    const { page } = browser;
    await page.getByText('25 checks', { exact: true }).waitFor();
    await page.getByLabel('Select billing 0201').check();
    await page.getByLabel('Select billing 0209').click({ modifiers: ['Shift'] });
    await page.getByText('3 selected').waitFor();
    await requireAccessible(page, 'selected');
    await picture(page, 'checks-selected-dark');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await row(page, 'billing 0205').getByText('paused').waitFor();
    await undo(page);
    await row(page, 'billing 0205').getByText('up', { exact: true }).waitFor();
    assert.equal(await statusOf(205), 'up');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await dismiss(page);
    await until('the pause', 5_000, async () => (await statusOf(205)) === 'paused' || undefined);
    await row(page, 'billing 0205').getByText('paused').waitFor();

    await page.getByRole('button', { name: 'Tag', exact: true }).last().click();
    await page.getByLabel('Tag', { exact: true }).fill('night');
    await page.keyboard.press('Enter');
    await row(page, 'billing 0209').getByRole('button', { name: 'night' }).waitFor();
    await undo(page);
    await until('the tags', 5_000, async () => (await tagsOf(209)) === 'prod' || undefined);

    await page.getByRole('button', { name: 'Select all 25 that match' }).click();
    await page.getByText('25 selected').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No check is like that').waitFor();
    await page.getByText('Deleted 25 checks').first().waitFor();
    assert.equal(await statusOf(201), undefined, 'others see it at once, too');
    await undo(page);
    await page.getByText('25 checks', { exact: true }).waitFor();
    assert.equal(await tagsOf(201), 'prod');
    await page.getByText(/^\d+ changes?$/).waitFor({ state: 'detached' });
    await page.getByLabel('Select billing 0233').check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('24 checks', { exact: true }).waitFor();
    await page.getByText('Deleted billing 0233').first().waitFor();
    assert.equal(await statusOf(233), undefined);
    await dismiss(page);

    const toggle = row(page, 'billing 0213').getByRole('button', { name: 'billing 0213 tells bench' });
    await toggle.click();
    await until(
      'one channel less',
      5_000,
      async () => (await checkOf(213))?.channels.length === 0 || undefined,
    );
    assert.equal(await toggle.getAttribute('aria-pressed'), 'false');
    await undo(page);
    await until(
      'the channel again',
      5_000,
      async () => (await checkOf(213))?.channels.length === 1 || undefined,
    );

    for (const _ of [217, 221, 225, 229, 237]) {
      await page.keyboard.press('j');
      await page.keyboard.press('p');
    }
    await until(
      'the first pause, whose notice made room',
      5_000,
      async () => (await statusOf(217)) === 'paused' || undefined,
    );
    assert.deepEqual(browser.complaints, []);
  });

  it('is used by keys alone', async () => {
    await using browser = await openList(server.url, 'light');
    const { page } = browser;
    await row(page, 'backup 0000').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('cache warming 01');
    await page.getByText('25 checks', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByText(/^(10,000|9,999) checks$/).waitFor();
    for (const key of ['j', 'j', 'j', 'j', 'k', 'x']) await page.keyboard.press(key);
    await page.getByText('1 selected').waitFor();
    assert.equal(await focused(page), 'cache warming 0002');
    await page.keyboard.press('p');
    await row(page, 'cache warming 0002').getByText('paused').waitFor();
    await undo(page);
    await row(page, 'cache warming 0002').getByText('down', { exact: true }).waitFor();
    await row(page, 'cache warming 0002').getByRole('link').focus();
    await page.keyboard.press('Escape');
    await page.getByText('1 selected').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname.endsWith(`/checks/${codes[2]}`));
  });

  it('follows what happens without a jump', async () => {
    await using browser = await openList(server.url, 'light', '?q=report+000&sort=status');
    const { page } = browser;
    await row(page, 'report 0007').getByText('up', { exact: true }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await fetch(`${server.url}/ping/${codes[7]}/fail`);
    await row(page, 'report 0007').getByText('down', { exact: true }).waitFor();
    assert.deepEqual(await names(page, 2), ['report 0003', 'report 0007']);
    await page.getByText('1 change', { exact: true }).waitFor();
    await requireAccessible(page, 'changed');
    await page.getByRole('button', { name: 'Refresh the order' }).click();
    await until('the new order', 5_000, async () => (await names(page, 1))[0] === 'report 0007' || undefined);
    assert.deepEqual(browser.complaints, []);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`fits a phone, in French (${scheme})`, async () => {
      await using browser = await openList(server.url, scheme, '?tag=rare', { language: 'fr', width: 360 });
      const { page } = browser;
      await row(page, 'backup 0000').getByText('en panne').waitFor();
      await row(page, 'backup 0000').getByText('Toutes les heures').waitFor();
      await requireNoOverflow(page, 'the list');
      await requireAccessible(page, 'phone');
      await page.getByLabel('Sélectionner backup 0000').check();
      await page.getByText('1 sélectionné').waitFor();
      await requireNoOverflow(page, 'the list with a selection');
      await page.getByRole('button', { name: 'Plus sur backup 0000' }).click();
      await page.getByRole('menuitem', { name: 'Silence de 1 heure' }).waitFor();
      await requireNoOverflow(page, 'the menu of a row');
      await requireAccessible(page, 'the menu of a row');
      await picture(page, `checks-phone-${scheme}`);
      assert.deepEqual(browser.complaints, []);
    });
  }

  interface Shown {
    status: string;
    tags: string[];
    channels: string[];
  }

  async function checkOf(i: number): Promise<Shown | undefined> {
    const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` };
    const answer = await fetch(`${server.url}/api/vigie/checks/${codes[i]}`, { headers });
    return answer.status === 404 ? undefined : ((await answer.json()) as Shown);
  }

  async function statusOf(i: number): Promise<string | undefined> {
    return (await checkOf(i))?.status;
  }

  async function tagsOf(i: number): Promise<string | undefined> {
    return (await checkOf(i))?.tags.join(' ');
  }
});

/** The list of the seeded project, signed in. */
async function openList(
  url: string,
  scheme: 'light' | 'dark',
  query = '',
  { language = 'en', width = 1280 } = {},
): Promise<Browser> {
  const browser = await openBrowser(url, scheme);
  const { page, context } = browser;
  page.setDefaultTimeout(PATIENCE);
  await context.request.post(`${url}/api/vigie/session`, { data: ADMIN });
  await context.request.patch(`${url}/api/vigie/me`, { data: { language }, headers: { Origin: url } });
  const answer = await context.request.get(`${url}/api/vigie/projects`);
  const { items } = (await answer.json()) as { items: { id: string; name: string }[] };
  const project = items.find(({ name }) => name === 'bench');
  await page.setViewportSize({ width, height: width < 500 ? 640 : 800 });
  await page.goto(`${url}/projects/${project?.id}/checks${query}`);
  return browser;
}

/** What the address says beside its path. */
function parameters(page: Page): string {
  return new URL(page.url()).searchParams.toString();
}

function row(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
}

/** The names of the first rows. */
async function names(page: Page, count: number): Promise<string[]> {
  const links = await page.locator('tbody').getByRole('link').allInnerTexts();
  return links.slice(0, count);
}

function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent');
}

async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Undo' }).last().click();
}

async function dismiss(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Dismiss' }).last().click();
}
