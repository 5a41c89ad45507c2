/**
 * Texts that the server must read again and nobody else may: AES-256-GCM under a key derived from the secret key,
 * so that the database alone, or a backup of it, gives nothing away.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { messageOf } from '../errors.ts';

const ALGORITHM = 'aes-256-gcm';
/** Bytes; NIST SP 800-38D sections 5.2.1.1 and 5.2.1.2. */
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Seals a text for one use and one owner: it opens for no other. */
export function sealText(secretKey: string, owner: string, text: string): string {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv(ALGORITHM, keyOf(secretKey), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws when it was changed, is somebody else's, or the secret key is another one now. */
export function openText(secretKey: string, owner: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const tagEnd = NONCE_LENGTH + TAG_LENGTH;
  try {
    const decipher = createDecipheriv(ALGORITHM, keyOf(secretKey), bytes.subarray(0, NONCE_LENGTH));
    decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(NONCE_LENGTH, tagEnd));
    return decipher.update(bytes.subarray(tagEnd), undefined, 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw new Error(`a sealed text does not open, is the secret key another one? ${messageOf(error)}`);
  }
}

/** Apart from everything else that the secret key does. */
function keyOf(secretKey: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', 'vigie sealed text', 32));
}
