/** Codes of authenticator apps: RFC 6238 as every app speaks it (SHA-1, 6 digits, 30 s). */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readBase32, writeBase32 } from './base32.ts';

/** Milliseconds for which a code holds. */
const STEP = 30_000;
const DIGITS = 6;
/** RFC 6238 section 5.2: at most one step for the way of the code and for clocks that differ. */
const DRIFT = 1;
/** RFC 4226 section 4: a secret of 160 bits, as long as what the hash gives. */
const SECRET_BYTES = 20;

/** A fresh secret in base32, as apps take it. */
export function newTotpSecret(): string {
  return writeBase32(randomBytes(SECRET_BYTES));
}

/** The step that an instant (epoch ms) is in. */
export function stepAt(now: number): number {
  return Math.floor(now / STEP);
}

/** The code of a step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', readBase32(secret)).update(counter).digest();
  // RFC 4226 section 5.3: the last four bits say where the 31 bits are taken from.
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
}

/** The step of a code that holds at `now` (epoch ms) and is later than `lastStep`; null = none, so it is refused. */
export function stepOfCode(secret: string, code: string, now: number, lastStep: number): number | null {
  const given = Buffer.from(code);
  if (given.length !== DIGITS) return null;
  const middle = stepAt(now);
  for (let step = middle - DRIFT; step <= middle + DRIFT; step++) {
    const isSame = timingSafeEqual(given, Buffer.from(totpCode(secret, step)));
    if (isSame && step > lastStep) return step;
  }
  return null;
}

/** What an app reads from a QR code. A colon would divide the name, so that it has none. */
export function totpUri(secret: string, siteName: string, email: string): string {
  const issuer = siteName.replaceAll(':', ' ');
  const name = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`;
  const parameters = { secret, issuer, algorithm: 'SHA1', digits: DIGITS, period: STEP / 1000 };
  const query = Object.entries(parameters).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `otpauth://totp/${name}?${query.join('&')}`;
}
