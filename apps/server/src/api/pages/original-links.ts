import type { Route } from '../route.ts';
import { redirect } from './page.ts';

/** Addresses that Healthchecks puts into messages and bookmarks; each leads to the page that shows it here. */
const ADDRESSES = ['/cloaked/:key/', '/projects/:project/checks/', '/accounts/login/'];

export function originalLinks(): Route[] {
  return ADDRESSES.map((url) => ({
    method: 'GET',
    url,
    access: 'open',
    handler: async (_, reply) => redirect(reply, '/'),
  }));
}
