/** The theme: the system's unless somebody chose another; kept in a cookie, so that the server's page has it. */

export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

const YEAR = 31_536_000;

/** The chosen theme. */
export function theme(): Theme {
  const kept = document.documentElement.dataset['theme'];
  return THEMES.find((one) => one === kept) ?? 'system';
}

/** Shows the pages in a theme, now and after a reload. */
export function applyTheme(next: Theme): void {
  if (next === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `vigie_theme=${next}; path=/; max-age=${next === 'system' ? 0 : YEAR}; samesite=lax`;
}
