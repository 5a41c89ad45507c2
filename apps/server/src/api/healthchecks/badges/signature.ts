import { createHash, createHmac } from 'node:crypto';

/** Characters of a signature that count: 48 bits. Source: Healthchecks' badge addresses. */
const LENGTH = 8;

/**
 * The signature in the address of a badge, of one tag or of the whole project (`*`): HMAC-SHA1 of the tag, keyed
 * with SHA-1 of badge key and secret key, in URL-safe base64. With Healthchecks' own secret key, addresses that
 * were given out by Healthchecks stay good.
 */
export function signatureOf(secretKey: string, badgeKey: string, tag: string): string {
  const key = createHash('sha1').update(badgeKey).update(secretKey).digest();
  return createHmac('sha1', key).update(tag).digest('base64url').slice(0, LENGTH);
}

/** What a signature in an address says, the characters after the first eight telling the form. */
export interface ReadSignature {
  signature: string;
  /** Whether a late check shows as late, and not as up. */
  threeStates: boolean;
}

export function readSignature(text: string): ReadSignature {
  const twoStates = text.length === LENGTH + 2 && text.endsWith('-2');
  return { signature: text.slice(0, LENGTH), threeStates: !twoStates };
}
