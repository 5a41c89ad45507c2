import type { Config } from '../../config/config.ts';

/** Whom a passkey is for: the site, as WebAuthn names it. */
export interface RelyingParty {
  /** A host name. */
  id: string;
  origin: string;
}

/**
 * The site that a page belongs to: the base URL, or this machine's own `localhost`, by which an admin may come
 * through a tunnel. A passkey of the one is not one of the other. Whatever the page says of itself, only these two
 * are there to choose from.
 */
export function relyingParty(
  { baseUrl, port }: Pick<Config, 'baseUrl' | 'port'>,
  pageOrigin: string | undefined,
): RelyingParty {
  const local = `http://localhost:${port}`;
  if (pageOrigin === local) return { id: 'localhost', origin: local };
  const { hostname, origin } = new URL(baseUrl);
  return { id: hostname, origin };
}
