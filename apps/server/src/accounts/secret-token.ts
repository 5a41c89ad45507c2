import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, for a link or a cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token, hex. No slow hash: it cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
