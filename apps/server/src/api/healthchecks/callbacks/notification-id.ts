import { createHmac } from 'node:crypto';

/** Bytes: a delivery's number, then what proves that we made the identifier. */
const NUMBER_BYTES = 6;
const PROOF_BYTES = 10;

/**
 * The UUID (version 8) by which a provider may report on a delivery. It carries its own proof: whoever holds it
 * got it from us, and nobody can make up that of another delivery.
 */
export function notificationId(secretKey: string, deliveryId: number): string {
  const bytes = Buffer.alloc(NUMBER_BYTES + PROOF_BYTES);
  bytes.writeUIntBE(deliveryId, 0, NUMBER_BYTES);
  createHmac('sha256', secretKey)
    .update(`notification ${deliveryId}`)
    .digest()
    .copy(bytes, NUMBER_BYTES, 0, PROOF_BYTES);
  // RFC 9562: version and variant.
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The delivery that such a UUID is of; null = we did not make it. */
export function deliveryOf(secretKey: string, id: string): number | null {
  const deliveryId = Number.parseInt(id.replaceAll('-', '').slice(0, 2 * NUMBER_BYTES), 16);
  if (!(deliveryId >= 0)) return null;
  return notificationId(secretKey, deliveryId) === id ? deliveryId : null;
}
