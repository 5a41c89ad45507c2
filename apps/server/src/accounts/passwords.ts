/** Passwords as Argon2id in PHC form. Hashing runs on libuv's threads, never on the event loop. */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { PASSWORD_LENGTH } from '@vigie/contract/vocabulary';
import { AppError } from '../errors.ts';

/** OWASP's first choice for Argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane; 50 ms. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
/** Bytes; RFC 9106 section 4 recommends both. */
const SALT_LENGTH = 16;
const TAG_LENGTH = 32;
/** Of libuv's four threads two stay free for files and names; and 2 x 19 MiB is all it takes at once. */
const AT_ONCE = 2;
/** Beyond that somebody is flooding us; the last of them waits some 2.5 s. */
const WAITING = 100;

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{16,128})$/;

/** @throws AppError `invalid` for a new password that is too short or too long. */
export function requireGoodPassword(password: string): void {
  const { least, most } = PASSWORD_LENGTH;
  if (password.length >= least && password.length <= most) return;
  const message = `password takes ${least} to ${most} characters`;
  throw new AppError('invalid', message, { field: 'password' });
}

/** A fresh hash of a password. @throws AppError `unavailable` when too many are being hashed. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_LENGTH);
  const tag = await derive({ ...COST, message: password, nonce, tagLength: TAG_LENGTH });
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/**
 * Whether the password belongs to the hash; takes as long when there is none (null), so that the time does not
 * tell which accounts exist.
 * @throws AppError `unavailable` when too many are being verified.
 */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const match = phc === null ? null : PHC.exec(phc);
  if (match === null) {
    await hashPassword(password);
    return false;
  }
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  const wanted = Buffer.from(tag, 'base64');
  const got = await derive({
    message: password,
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: wanted.length,
  });
  return timingSafeEqual(got, wanted);
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(parameters: Argon2Parameters): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING) throw new AppError('unavailable', 'too many sign-ins at once, try again');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await new Promise((resolve, reject) => {
      argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
    });
  } finally {
    // Whoever waits longest takes over this one's place.
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

/** PHC's base64 has no padding. */
function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
