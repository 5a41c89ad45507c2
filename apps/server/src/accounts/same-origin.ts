import type { IncomingHttpHeaders } from 'node:http';

/** What the browser says of where a request was started: another site, ours, or nothing (no browser). */
export type RequestOrigin = 'foreign' | 'own' | 'unknown';

/**
 * Tells a page's request from another site's. `Sec-Fetch-Site` cannot be set by pages, `Origin` neither.
 * `baseUrl` counts as our own beside the Host header, which a proxy may have rewritten.
 */
export function requestOrigin(headers: IncomingHttpHeaders, baseUrl: string): RequestOrigin {
  const site = headers['sec-fetch-site'];
  // "none": typed, or from a bookmark. "same-site" is another host of the same domain: foreign.
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign';
  const { origin } = headers;
  if (origin === undefined) return 'unknown';
  if (origin === new URL(baseUrl).origin) return 'own';
  const url = URL.canParse(origin) ? new URL(origin) : null;
  return url !== null && url.host === headers.host?.toLowerCase() ? 'own' : 'foreign';
}
