import { createHmac, hkdfSync } from 'node:crypto';

/**
 * The token of a link that is sent by mail, made from what is kept of the link: the server can say it again, and
 * whoever reads the database alone cannot.
 */
export function linkToken(secretKey: string, purpose: string, seed: string): string {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'vigie link by mail', 32));
  return createHmac('sha256', key).update(`${purpose}:${seed}`).digest('base64url');
}
