/** Where to go after signing in: an address of these pages, and of no other site. */
export function readNext(search: Record<string, unknown>): { next?: string } {
  const { next } = search;
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {};
}

/** The token of a one-time link. */
export function readToken(search: Record<string, unknown>): { token: string } {
  const { token } = search;
  return { token: typeof token === 'string' ? token : '' };
}
