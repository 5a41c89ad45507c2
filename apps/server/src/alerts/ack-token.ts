/** The token of a link that acknowledges an alert: it carries its own proof, so that any node can check it. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Bytes: ids of alerts are microseconds, those of channels count up; half of an HMAC cannot be guessed. */
const ALERT_BYTES = 7;
const CHANNEL_BYTES = 5;
const PROOF_BYTES = 16;
const LENGTH = ALERT_BYTES + CHANNEL_BYTES + PROOF_BYTES;

/** Milliseconds after the first message of an alert during which its links are good. */
export const ACK_LINK_LIFE = 7 * 86_400_000;

/** Which alert a link acknowledges, and which channel it was sent to. */
export interface AckLink {
  alertId: number;
  channelId: number;
}

/** 38 characters fit for a URL. The same for each try of a message. */
export function writeAckToken(secretKey: string, { alertId, channelId }: AckLink): string {
  const head = Buffer.alloc(ALERT_BYTES + CHANNEL_BYTES);
  head.writeUIntBE(Math.floor(alertId / 2 ** 48), 0, 1);
  head.writeUIntBE(alertId % 2 ** 48, 1, ALERT_BYTES - 1);
  head.writeUIntBE(channelId, ALERT_BYTES, CHANNEL_BYTES);
  return Buffer.concat([head, proofOf(secretKey, head)]).toString('base64url');
}

/** What a token of ours says; null = it is none, or was changed. */
export function readAckToken(secretKey: string, token: string): AckLink | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== LENGTH || bytes.toString('base64url') !== token) return null;
  const head = bytes.subarray(0, ALERT_BYTES + CHANNEL_BYTES);
  if (!timingSafeEqual(bytes.subarray(head.length), proofOf(secretKey, head))) return null;
  return {
    alertId: head.readUIntBE(0, 1) * 2 ** 48 + head.readUIntBE(1, ALERT_BYTES - 1),
    channelId: head.readUIntBE(ALERT_BYTES, CHANNEL_BYTES),
  };
}

/** Keyed apart from everything else that the secret key signs. */
function proofOf(secretKey: string, head: Buffer): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'vigie acknowledgement link', 32));
  return createHmac('sha256', key).update(head).digest().subarray(0, PROOF_BYTES);
}
