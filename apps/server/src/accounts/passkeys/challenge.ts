/**
 * Challenges that passkeys sign. They carry their own proof, so that asking for one writes nothing and any node can
 * check it; one that was answered is noted (`burnToken`), so that it is answered once.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Milliseconds until a challenge must be answered. WebAuthn Level 3 section 15.1 recommends five to ten minutes. */
export const CHALLENGE_LIFE = 300_000;

/** Bytes. WebAuthn section 13.4.3 asks for 16 random ones at least. */
const RANDOM_BYTES = 16;
const TIME_BYTES = 6;
const PROOF_BYTES = 16;
const HEAD_BYTES = RANDOM_BYTES + TIME_BYTES;

/** What a challenge is for: to sign in, or to add a passkey to one person. */
export type ChallengePurpose = 'sign-in' | `add:${number}`;

/** A fresh challenge for one purpose. */
export function newChallenge(
  secretKey: string,
  purpose: ChallengePurpose,
  now: number,
): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(HEAD_BYTES);
  randomBytes(RANDOM_BYTES).copy(head);
  head.writeUIntBE(now + CHALLENGE_LIFE, RANDOM_BYTES, TIME_BYTES);
  return new Uint8Array([...head, ...proofOf(secretKey, purpose, head)]);
}

/** Until when (epoch ms) a challenge may be answered; null = it is none of ours, for something else, or ran out. */
export function challengeEnd(
  secretKey: string,
  purpose: ChallengePurpose,
  challenge: string,
  now: number,
): number | null {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== HEAD_BYTES + PROOF_BYTES) return null;
  const head = bytes.subarray(0, HEAD_BYTES);
  if (!timingSafeEqual(bytes.subarray(HEAD_BYTES), proofOf(secretKey, purpose, head))) return null;
  const end = head.readUIntBE(RANDOM_BYTES, TIME_BYTES);
  return end > now ? end : null;
}

function proofOf(secretKey: string, purpose: string, head: Buffer): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'vigie passkey challenge', 32));
  return createHmac('sha256', key).update(head).update(purpose).digest().subarray(0, PROOF_BYTES);
}
