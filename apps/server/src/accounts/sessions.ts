/** Sessions: a random token in a cookie, of which only the hash is kept. */
import type { Kysely, Selectable } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, SessionTable, UserRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { type Actor, audit } from './audit.ts';
import { hashToken } from './secret-token.ts';

export type SessionRow = Selectable<SessionTable>;

export const SESSION_COOKIE = 'vigie_session';
/** Milliseconds without a call after which a session ends: 14 days. */
export const SESSION_LIFE = 14 * 86_400_000;
/** Milliseconds after which a session's (or key's) use is noted anew; more often would be a write a call. */
export const TOUCH_AFTER = 3_600_000;
/** Sessions of one person; the one unused for longest goes. */
const SESSION_LIMIT = 100;
/** Characters of the hash that name a session to its owner. */
const ID_LENGTH = 16;

/** Names a session without opening it. */
export function sessionId(session: { hash: string }): string {
  return session.hash.slice(0, ID_LENGTH);
}

/** Where a session is opened from. */
export interface SessionOrigin {
  remoteAddr: string;
  userAgent: string;
}

export interface OpenSessionInput extends SessionOrigin {
  hash: string;
  userId: number;
  /** The kept password when the person came in: who changes it meanwhile ends this session, too. */
  password: string | null;
}

/** Signs a person in. @throws AppError `unauthenticated` when the password was changed, or the account deleted. */
export async function openSession(tx: Tx, input: OpenSessionInput): Promise<void> {
  const actor = await requireSamePassword(tx, input);
  const others = await sessionsOf(tx.db, input.userId);
  for (const { hash } of others.slice(SESSION_LIMIT - 1)) await deleteSession(tx, hash);
  await tx.db
    .insertInto('sessions')
    .values({
      hash: input.hash,
      user_id: input.userId,
      created_at: tx.at,
      expires_at: tx.at + SESSION_LIFE,
      seen_at: tx.at,
      remote_addr: input.remoteAddr.slice(0, 100),
      user_agent: input.userAgent.slice(0, 200),
    })
    .execute();
  await audit(tx, {
    projectId: null,
    actor,
    action: 'session.open',
    target: sessionId(input),
    detail: { remote_addr: input.remoteAddr },
  });
}

/** @returns how the audit log names the person. */
async function requireSamePassword({ db }: Tx, { userId, password }: OpenSessionInput): Promise<Actor> {
  const user = await db
    .selectFrom('users')
    .select(['email', 'password'])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (user?.password === password) return `user:${user.email}`;
  throw new AppError('unauthenticated', 'the password was changed meanwhile: sign in again');
}

/** Notes that a session is in use, and lets it live on from now. */
export async function touchSession(tx: Tx, hash: string): Promise<void> {
  await tx.db
    .updateTable('sessions')
    .set({ seen_at: tx.at, expires_at: tx.at + SESSION_LIFE })
    .where('hash', '=', hash)
    .execute();
}

export interface CloseSessionInput {
  userId: number;
  id: string;
  actor: Actor;
}

/** Ends one of a person's sessions by its id. @throws AppError `not_found`. */
export async function closeSession(tx: Tx, input: CloseSessionInput): Promise<void> {
  const own = await sessionsOf(tx.db, input.userId);
  const session = own.find((one) => sessionId(one) === input.id);
  if (session === undefined) throw new AppError('not_found', 'no such session');
  await deleteSession(tx, session.hash);
  await audit(tx, { projectId: null, actor: input.actor, action: 'session.close', target: input.id });
}

export interface CloseOthersInput {
  userId: number;
  /** The hash of the session that goes on. */
  keep: string;
  actor: Actor;
}

/** Signs a person out everywhere else. */
export async function signOutElsewhere(tx: Tx, { userId, keep, actor }: CloseOthersInput): Promise<void> {
  await closeOtherSessions(tx, userId, keep);
  await audit(tx, { projectId: null, actor, action: 'session.close-others', target: actor });
}

/** Ends all sessions of a person but one. */
export async function closeOtherSessions(tx: Tx, userId: number, keep: string): Promise<void> {
  await tx.db.deleteFrom('sessions').where('user_id', '=', userId).where('hash', '!=', keep).execute();
}

async function deleteSession(tx: Tx, hash: string): Promise<void> {
  await tx.db.deleteFrom('sessions').where('hash', '=', hash).execute();
}

/** The session of a token with its person; null when there is none or it ran out. */
export async function findSession(
  db: Kysely<Database>,
  token: string,
  now: number,
): Promise<{ session: SessionRow; user: UserRow } | null> {
  const session = await db
    .selectFrom('sessions')
    .selectAll()
    .where('hash', '=', hashToken(token))
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (session === undefined) return null;
  const user = await db.selectFrom('users').selectAll().where('id', '=', session.user_id).executeTakeFirst();
  return user === undefined ? null : { session, user };
}

/** A person's sessions, the latest used first. */
export async function sessionsOf(db: Kysely<Database>, userId: number): Promise<SessionRow[]> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('seen_at', 'desc')
    .orderBy('hash')
    .execute();
}
