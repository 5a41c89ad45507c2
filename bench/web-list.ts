/** How the list of 10,000 checks feels in a browser: the first rows, and what holds up its main thread. */
import type { Page } from 'playwright-core';
import { type Browser, openBrowser } from '../e2e/browser.ts';
import { seed } from './support/seed.ts';
import { startServer, temporaryFolder } from './support/server.ts';
import { median, round, table } from './support/table.ts';

const CHECKS = 10_000;
const VISITS = 5;
/** Turns of the wheel, and pixels of each. */
const SCROLL = { turns: 60, pixels: 700, pause: 30 } as const;
/** Letters, and milliseconds between two of them: a fast typist. */
const TYPED = { text: 'check 98', pause: 70 } as const;
const ADMIN = { email: 'alice@example.org', password: 'correct horse battery' } as const;
const ROW = 'tbody tr a';
const HOUR = 3_600_000;

/** Needs the built UI (`npm run build:web`) and Chromium. */
export async function webList(): Promise<string> {
  using folder = temporaryFolder();
  const now = Date.now();
  await seed(`sqlite:${folder.path}/vigie.db`, {
    checks: CHECKS,
    deadline: (i) => (i % 10 === 0 ? null : now + HOUR + i * 1_000),
  });
  await using server = await startServer(folder.path, {
    VIGIE_ADMIN_EMAIL: ADMIN.email,
    VIGIE_ADMIN_PASSWORD: ADMIN.password,
  });
  await using browser = await openBrowser(server.url, 'light');
  const address = await signIn(browser, server.url);
  const { page } = browser;
  const visits: number[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    await page.goto('about:blank');
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForSelector(ROW);
    visits.push(await page.evaluate<number>('performance.now()'));
  }
  const rows: (string | number)[][] = [['what', 'ms', 'longest task, ms']];
  rows.push(['first rows, the first visit', round(visits[0] ?? 0, 0), '']);
  rows.push(['first rows, median of all visits', round(median(visits), 0), '']);
  rows.push(['scrolling', '', await longestTask(page, () => scroll(page))]);
  let jump = 0;
  const jumping = await longestTask(page, async () => {
    jump = await timed(() => jumpToEnd(page));
  });
  rows.push(['jump to the end: until the last row is there', jump, jumping]);
  await page.keyboard.press('Home');
  let found = 0;
  const typing = await longestTask(page, async () => {
    found = await type(page);
  });
  rows.push(['typing: from the last letter to its rows', found, typing]);
  return table(rows);
}

async function signIn({ context }: Browser, url: string): Promise<string> {
  const { request } = context;
  await request.post(`${url}/api/vigie/session`, { data: ADMIN });
  const { items } = (await (await request.get(`${url}/api/vigie/projects`)).json()) as {
    items: { id: string; name: string }[];
  };
  const project = items.find(({ name }) => name === 'bench');
  if (project === undefined) throw new Error('the seeded project is not shown');
  return `${url}/projects/${project.id}/checks`;
}

/** Runs in the page. */
const WATCH = `
  window.seenTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.seenTasks.push(duration);
  }).observe({ entryTypes: ['longtask'] })`;

/** The longest task of the page's main thread while something is done; less than 50 ms does not count as one. */
async function longestTask(page: Page, action: () => Promise<void>): Promise<string | number> {
  await page.evaluate(WATCH);
  await action();
  await page.waitForTimeout(500);
  const longest = await page.evaluate<number>('Math.max(0, ...window.seenTasks)');
  return longest === 0 ? 'below 50' : Math.round(longest);
}

async function scroll(page: Page): Promise<void> {
  await page.mouse.move(600, 500);
  for (let turn = 0; turn < SCROLL.turns; turn++) {
    await page.mouse.wheel(0, SCROLL.pixels);
    await page.waitForTimeout(SCROLL.pause);
  }
}

async function jumpToEnd(page: Page): Promise<void> {
  await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
  await page.locator(`tr[aria-rowindex="${CHECKS + 1}"] a`).waitFor();
}

/** @returns milliseconds from the last letter until what it finds is shown. */
async function type(page: Page): Promise<number> {
  await page.keyboard.press('/');
  await page.keyboard.type(TYPED.text, { delay: TYPED.pause });
  return timed(async () => {
    await page.getByRole('status').getByText('111 checks').waitFor();
  });
}

async function timed(action: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await action();
  return Math.round(performance.now() - from);
}
