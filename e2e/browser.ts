import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Browser as SharedBrowser } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with a fresh profile, and what it complained about. */
export interface Browser extends AsyncDisposable {
  page: Page;
  context: BrowserContext;
  /** Errors of pages and consoles, and requests to anywhere but the server. */
  complaints: string[];
}

/** Opens Debian's Chromium; every request must go to `origin`. */
export async function openBrowser(origin: string, colorScheme: 'light' | 'dark'): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'vigie-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: ARGS,
    colorScheme,
    viewport: { width: 1280, height: 800 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    context,
    complaints: complaintsOf(page, origin),
    async [Symbol.asyncDispose]() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** What goes wrong in a page from now on. */
export function complaintsOf(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) complaints.push(`asked for ${request.url()}`);
  });
  return complaints;
}

/** One browser for several people: each gets a context with cookies of their own. */
export async function openShared(): Promise<SharedBrowser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS });
}
