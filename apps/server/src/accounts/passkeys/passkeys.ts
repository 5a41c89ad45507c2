/** Passkeys as they are kept, and the writes on them. */
import type { Kysely } from 'kysely';
import { AppError } from '../../errors.ts';
import type { Database, PasskeyRow } from '../../store/schema.ts';
import type { Tx } from '../../store/tx.ts';
import { type Actor, audit } from '../audit.ts';
import { burnToken } from '../one-time-token.ts';

/** Passkeys of one person. */
const PASSKEY_LIMIT = 20;
/** Milliseconds for which an answered challenge is remembered beyond its end. */
const MARGIN = 60_000;

/** A challenge that was answered. */
export interface AnsweredChallenge {
  hash: string;
  /** Epoch ms. */
  end: number;
}

export interface AddPasskeyInput {
  userId: number;
  actor: Actor;
  challenge: AnsweredChallenge;
  passkey: Pick<PasskeyRow, 'credential' | 'public_key' | 'counter' | 'transports' | 'name' | 'synced'>;
}

/** Keeps a passkey. @throws AppError `conflict` for one that is kept already, here or by another, or too many. */
async function addPasskey(tx: Tx, input: AddPasskeyInput): Promise<PasskeyRow> {
  const { userId, actor, challenge, passkey } = input;
  await takeChallenge(tx, challenge);
  if ((await passkeysOf(tx.db, userId)).length >= PASSKEY_LIMIT) {
    throw new AppError('conflict', `a person has ${PASSKEY_LIMIT} passkeys at most`);
  }
  const row = await tx.db
    .insertInto('passkeys')
    .values({ ...passkey, code: tx.newId(), user_id: userId, created_at: tx.at, last_used_at: null })
    .onConflict((conflict) => conflict.column('credential').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new AppError('conflict', 'this passkey is known already');
  await note(tx, 'passkey.create', actor, row);
  return row;
}

export interface PasskeyRef {
  userId: number;
  code: string;
  actor: Actor;
}

/** Gives a passkey another name. @throws AppError `not_found`. */
async function renamePasskey(tx: Tx, { userId, code, actor, name }: PasskeyRef & { name: string }) {
  const row = await tx.db
    .updateTable('passkeys')
    .set({ name })
    .where('user_id', '=', userId)
    .where('code', '=', code)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such passkey');
  await note(tx, 'passkey.update', actor, row);
  return row;
}

/** Forgets a passkey: it lets nobody in any more. @throws AppError `not_found`. */
async function removePasskey(tx: Tx, { userId, code, actor }: PasskeyRef): Promise<void> {
  const row = await tx.db
    .deleteFrom('passkeys')
    .where('user_id', '=', userId)
    .where('code', '=', code)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such passkey');
  await note(tx, 'passkey.delete', actor, row);
}

export interface UsePasskeyInput {
  id: number;
  counter: number;
  challenge: AnsweredChallenge;
}

/**
 * Notes that a passkey answered a challenge.
 * @throws AppError `unauthenticated` when it was answered before, or the passkey was forgotten meanwhile.
 */
async function usePasskey(tx: Tx, { id, counter, challenge }: UsePasskeyInput): Promise<void> {
  await takeChallenge(tx, challenge);
  const used = tx.db.updateTable('passkeys').set({ counter, last_used_at: tx.at }).where('id', '=', id);
  if ((await used.executeTakeFirst()).numUpdatedRows > 0n) return;
  throw new AppError('unauthenticated', 'this passkey is not known here');
}

async function takeChallenge(tx: Tx, { hash, end }: AnsweredChallenge): Promise<void> {
  if (await burnToken(tx, 'challenge', hash, end + MARGIN)) return;
  throw new AppError('unauthenticated', 'this answer of the passkey was used already');
}

async function note(tx: Tx, action: string, actor: Actor, { code, name }: PasskeyRow): Promise<void> {
  await audit(tx, { projectId: null, actor, action, target: code, detail: { name } });
}

/** A person's passkeys, oldest first. */
export async function passkeysOf(db: Kysely<Database>, userId: number): Promise<PasskeyRow[]> {
  return db.selectFrom('passkeys').selectAll().where('user_id', '=', userId).orderBy('id').execute();
}

/** The passkey of an authenticator's id. */
export async function passkeyBy(db: Kysely<Database>, credential: string): Promise<PasskeyRow | undefined> {
  return db.selectFrom('passkeys').selectAll().where('credential', '=', credential).executeTakeFirst();
}

/** The writes of passkeys, by name. */
export const passkeyCommands = {
  'passkeys.add': { each: addPasskey },
  'passkeys.rename': { each: renamePasskey },
  'passkeys.remove': { each: removePasskey },
  'passkeys.use': { each: usePasskey },
} as const;
