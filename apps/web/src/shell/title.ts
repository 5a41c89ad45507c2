/** The title and the icon of the tab: they tell how many checks are down while nobody looks at the page. */
import { BASE_PATH } from '../api/base-path.ts';

/** What the site is called, as the server says it in the page. */
export const SITE_NAME = document.title;

let page = SITE_NAME;
let down = 0;

/** Says which page is shown. */
export function setPageTitle(title: string): void {
  page = title;
  show();
}

/** Says how many checks are down. */
export function setDownCount(count: number): void {
  if (count === down) return;
  down = count;
  show();
  document
    .querySelector('link[rel="icon"]')
    ?.setAttribute('href', `${BASE_PATH}/${down === 0 ? 'icon' : 'icon-down'}.svg`);
}

function show(): void {
  document.title = `${down === 0 ? '' : `(${down}) `}${page} - ${SITE_NAME}`;
}
