import type { PingTarget } from '../../checks/ping.ts';

/** Why an address is refused, in the words of the reply. */
export type Refusal = 'Recipient rejected' | 'Invalid mailbox';

const CODE = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const KEY_AND_SLUG = /^([-a-zA-Z0-9_]{22})\+([-a-z0-9_]+)$/;

/**
 * The check that an address of e-mail pings means: `<uuid>@domain` (version 4, any case) or
 * `<ping key of 22 characters>+<slug>@domain`. Domains are compared without case (RFC 5321, 2.4).
 */
export function readRecipient(
  address: string,
  domain: string,
): { target: PingTarget } | { refusal: Refusal } {
  const at = address.lastIndexOf('@');
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return { refusal: 'Recipient rejected' };
  const mailbox = address.slice(0, Math.max(0, at));
  if (CODE.test(mailbox)) return { target: { code: mailbox.toLowerCase() } };
  const [, pingKey, slug] = KEY_AND_SLUG.exec(mailbox) ?? [];
  if (pingKey === undefined || slug === undefined) return { refusal: 'Invalid mailbox' };
  return { target: { pingKey, slug, create: false } };
}
