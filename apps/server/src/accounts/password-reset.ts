/** A forgotten password: a link that works once, within an hour, lets its holder choose another one. */
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, UserRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { type Actor, audit } from './audit.ts';
import { dropToken, keepToken, readToken, takeToken, tokensOf } from './one-time-token.ts';
import { closeOtherSessions } from './sessions.ts';

/** The kind of the mail with the link. */
export const RESET_MAIL = 'password-reset';
/** Milliseconds for which a link leads in, from when it was sent. */
export const RESET_LIFE = 3_600_000;
const PURPOSE = 'password-reset';

interface Reset {
  userId: number;
}

export interface KeepResetInput extends Reset {
  /** Of the link's token. */
  hash: string;
  actor: Actor;
}

/** Makes a link lead in, in the place of those before; saying the same link again gives it its time anew. */
export async function keepReset(tx: Tx, { hash, userId, actor }: KeepResetInput): Promise<void> {
  const before = (await tokensOf<Reset>(tx.db, PURPOSE)).filter((one) => one.value.userId === userId);
  for (const { id } of before) await dropToken(tx, PURPOSE, id);
  await keepToken<Reset>(tx, PURPOSE, hash, { expiresAt: tx.at + RESET_LIFE, value: { userId } });
  if (before.some(({ id }) => id === hash)) return;
  await note(tx, await userOf(tx, userId), 'password.reset-link', actor);
}

/** Whom a link lets choose a password; null when it does not exist, was used or replaced, or ran out. */
export async function readReset(db: Kysely<Database>, hash: string, now: number): Promise<UserRow | null> {
  const kept = await readToken<Reset>(db, PURPOSE, hash, now);
  if (kept === null) return null;
  const user = db.selectFrom('users').selectAll().where('id', '=', kept.value.userId);
  return (await user.executeTakeFirst()) ?? null;
}

export interface ResetPasswordInput {
  hash: string;
  /** Argon2id in PHC form. */
  password: string;
}

/** Uses a link up: sets the password and ends every session. @throws AppError `not_found`. */
export async function resetPassword(tx: Tx, { hash, password }: ResetPasswordInput): Promise<UserRow> {
  const kept = await takeToken<Reset>(tx, PURPOSE, hash);
  if (kept === null) throw noSuchReset();
  const { userId } = kept.value;
  await tx.db.updateTable('users').set({ password }).where('id', '=', userId).execute();
  await closeOtherSessions(tx, userId, '');
  const user = await userOf(tx, userId);
  await note(tx, user, 'password.reset', `user:${user.email}`);
  return user;
}

export function noSuchReset(): AppError {
  return new AppError('not_found', 'this link was used, was replaced by a later one, or ran out');
}

async function userOf(tx: Tx, id: number): Promise<UserRow> {
  const user = await tx.db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  if (user === undefined) throw noSuchReset();
  return user;
}

async function note(tx: Tx, user: UserRow, action: string, actor: Actor): Promise<void> {
  await audit(tx, { projectId: null, actor, action, target: user.email });
}
