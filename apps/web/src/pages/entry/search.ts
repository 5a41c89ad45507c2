/** Where to go after signing in: an address of these pages, and of no other site. */
export function readNext(search: Record<string, unknown>): { next?: string } {
  const { next } = search;
  // Browsers leave tabs and line ends out of addresses: what follows on one could be a second slash.
  return typeof next === 'string' && /^\/(?![/\\])\P{Cc}*$/u.test(next) ? { next } : {};
}

/** The token of a one-time link. */
export function readToken(search: Record<string, unknown>): { token: string } {
  const { token } = search;
  return { token: typeof token === 'string' ? token : '' };
}
