/** What the page's address says besides its path. */
export function readSearch(_search: Record<string, unknown>): Record<never, never> {
  return {};
}
