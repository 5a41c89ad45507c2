/** Tokens that open something once: kept as a hash, with what they open and until when. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';

export type TokenPurpose = 'set-up' | 'invitation' | 'password-reset' | 'challenge';

/** What a token opens, as plain data. */
export interface KeptToken<T> {
  /** Names the token without opening anything. */
  id: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  value: T;
}

function keyOf(purpose: TokenPurpose, hash: string): string {
  return `token:${purpose}:${hash}`;
}

/** Keeps a token, and forgets those of its purpose that ran out. */
export async function keepToken<T>(
  tx: Tx,
  purpose: TokenPurpose,
  hash: string,
  kept: Omit<KeptToken<T>, 'id'>,
): Promise<void> {
  for (const old of await tokensOf(tx.db, purpose)) {
    if (old.expiresAt <= tx.at) await dropToken(tx, purpose, old.id);
  }
  const value = JSON.stringify({ expiresAt: kept.expiresAt, value: kept.value });
  await tx.db
    .insertInto('settings')
    .values({ key: keyOf(purpose, hash), value })
    .execute();
}

/** What the token opens; null when it does not exist, was used, or ran out. Leaves it as it is. */
export async function readToken<T>(
  db: Kysely<Database>,
  purpose: TokenPurpose,
  hash: string,
  now: number,
): Promise<KeptToken<T> | null> {
  const row = await db
    .selectFrom('settings')
    .selectAll()
    .where('key', '=', keyOf(purpose, hash))
    .executeTakeFirst();
  if (row === undefined) return null;
  const kept = keptToken<T>(row);
  return kept.expiresAt > now ? kept : null;
}

/** Uses a token up. Of two who try at once, one gets null. */
export async function takeToken<T>(
  tx: Tx,
  purpose: TokenPurpose,
  hash: string,
): Promise<KeptToken<T> | null> {
  const kept = await readToken<T>(tx.db, purpose, hash, tx.at);
  if (kept === null) return null;
  return (await dropToken(tx, purpose, kept.id)) ? kept : null;
}

/** Notes that a token which proves itself was used; false when it was before. It is remembered until `expiresAt`. */
export async function burnToken(
  tx: Tx,
  purpose: TokenPurpose,
  hash: string,
  expiresAt: number,
): Promise<boolean> {
  if ((await readToken<null>(tx.db, purpose, hash, tx.at)) !== null) return false;
  await keepToken<null>(tx, purpose, hash, { expiresAt, value: null });
  return true;
}

/** Ends a token by its id; false when there was none. */
export async function dropToken(tx: Tx, purpose: TokenPurpose, id: string): Promise<boolean> {
  const result = await tx.db.deleteFrom('settings').where('key', '=', keyOf(purpose, id)).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Every kept token of a purpose, those that ran out too. */
export async function tokensOf<T>(db: Kysely<Database>, purpose: TokenPurpose): Promise<KeptToken<T>[]> {
  const prefix = keyOf(purpose, '');
  const rows = await db
    .selectFrom('settings')
    .selectAll()
    // Not by a range: what follows on what depends on the language that the database sorts by.
    .where(sql<boolean>`substr(key, 1, ${sql.lit(prefix.length)}) = ${prefix}`)
    .execute();
  return rows.map((row) => keptToken<T>(row));
}

function keptToken<T>(row: { key: string; value: string }): KeptToken<T> {
  const { expiresAt, value } = JSON.parse(row.value) as { expiresAt: number; value: T };
  return { id: row.key.slice(row.key.lastIndexOf(':') + 1), expiresAt, value };
}
