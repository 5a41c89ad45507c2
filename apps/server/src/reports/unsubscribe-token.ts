/** The token of a link that ends a report: it carries its own proof, so that any node can check it. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { PERIODS, type Period } from './period.ts';

/** Bytes: two ids that count up and a period; half of an HMAC cannot be guessed. */
const ID_BYTES = 6;
const HEAD_BYTES = 2 * ID_BYTES + 1;
const PROOF_BYTES = 16;

/** Which report of whom a link ends. */
export interface Unsubscription {
  userId: number;
  projectId: number;
  period: Period;
}

/** 39 characters fit for a URL. It never runs out: an old mail must still be good to unsubscribe by. */
export function writeUnsubscribeToken(
  secretKey: string,
  { userId, projectId, period }: Unsubscription,
): string {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUIntBE(userId, 0, ID_BYTES);
  head.writeUIntBE(projectId, ID_BYTES, ID_BYTES);
  head.writeUInt8(PERIODS.indexOf(period), 2 * ID_BYTES);
  return Buffer.concat([head, proofOf(secretKey, head)]).toString('base64url');
}

/** What a token of ours says; null = it is none, or was changed. */
export function readUnsubscribeToken(secretKey: string, token: string): Unsubscription | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== HEAD_BYTES + PROOF_BYTES || bytes.toString('base64url') !== token) return null;
  const head = bytes.subarray(0, HEAD_BYTES);
  if (!timingSafeEqual(bytes.subarray(HEAD_BYTES), proofOf(secretKey, head))) return null;
  const period = PERIODS[head.readUInt8(2 * ID_BYTES)];
  if (period === undefined) return null;
  return { userId: head.readUIntBE(0, ID_BYTES), projectId: head.readUIntBE(ID_BYTES, ID_BYTES), period };
}

/** Keyed apart from everything else that the secret key signs. */
function proofOf(secretKey: string, head: Buffer): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'vigie unsubscribe link', 32));
  return createHmac('sha256', key).update(head).digest().subarray(0, PROOF_BYTES);
}
