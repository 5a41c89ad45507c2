import type { Route } from '../route.ts';
import { redirect } from './page.ts';

/**
 * Addresses in messages and bookmarks, Healthchecks' and our own; each leads to the page that shows it here.
 */
const ADDRESSES = [
  '/cloaked/:key/',
  '/projects/:project/checks/',
  '/accounts/login/',
  '/alerts/:alert',
  '/silences/:silence',
];

export function originalLinks(): Route[] {
  return ADDRESSES.map((url) => ({
    method: 'GET',
    url,
    access: 'open',
    handler: async (_, reply) => redirect(reply, '/'),
  }));
}
