/** What every page must hold in every state: nothing for axe to find, nothing wider than the screen. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures go when somebody wants to look at them. */
const PICTURES = process.env['VIGIE_PICTURES'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The rules of WCAG 2.2 at level AA, and axe's own good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Keeps a picture of the whole page, if wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/** @throws AssertionError when axe finds fault with the page as it is now. */
export async function requireAccessible(page: Page, state: string): Promise<void> {
  // By the debugger, as the page's own policy lets no foreign script in.
  await page.evaluate(AXE);
  const violations = await page.evaluate<string[]>(`(${RUN_AXE})(${JSON.stringify(TAGS)})`);
  assert.deepEqual(violations, [], `axe: ${state}`);
}

/** The same in the light theme and in the dark one, which the page is left in. Keeps a picture of each. */
export async function requireAccessibleInBothThemes(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without motion, as colours on their way from one theme to the other are nobody's.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await requireAccessible(page, `${state}, ${colorScheme}`);
    await picture(page, `${state.replaceAll(' ', '-')}-${colorScheme}`);
  }
}

/** Runs in the page. */
const RUN_AXE = `async (tags) => {
  const { violations } = await axe.run({ runOnly: { type: 'tag', values: tags } });
  return violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | '));
}`;

/** @throws AssertionError when one has to scroll sideways. */
export async function requireNoOverflow(page: Page, state: string): Promise<void> {
  const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
  assert.equal(overflow, 0, `${state} is wider than the screen`);
}
