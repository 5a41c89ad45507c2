/** Codes on paper that stand in for the second factor, each once. */
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { readBase32, writeBase32 } from './base32.ts';
import { hashToken } from './secret-token.ts';

const COUNT = 10;
/** 80 bits: nobody guesses them, so that a fast hash will do. */
const CODE_BYTES = 10;

/** Fresh codes, to be shown once: `abcd-efgh-ijkl-mnop`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () =>
    writeBase32(randomBytes(CODE_BYTES))
      .toLowerCase()
      .replace(/(.{4})(?=.)/g, '$1-'),
  );
}

/** What is stored of a code, however it was typed; null = it is no such code. */
export function hashRecoveryCode(typed: string): string | null {
  const bytes = readBase32(typed);
  return bytes.length === CODE_BYTES ? hashToken(writeBase32(bytes)) : null;
}

/** Gives a person these codes in place of the ones before. */
export async function replaceRecoveryCodes(tx: Tx, userId: number, hashes: readonly string[]): Promise<void> {
  await tx.db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  if (hashes.length === 0) return;
  const rows = hashes.map((hash) => ({ user_id: userId, hash }));
  await tx.db.insertInto('recovery_codes').values(rows).execute();
}

/** Uses a code up; false when there is none. */
export async function takeRecoveryCode(tx: Tx, userId: number, hash: string): Promise<boolean> {
  const result = await tx.db
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** How many codes a person has left. */
export async function countRecoveryCodes(db: Kysely<Database>, userId: number): Promise<number> {
  const { count } = await db
    .selectFrom('recovery_codes')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
