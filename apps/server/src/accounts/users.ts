/** People. */
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, Flag, UserRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { type Actor, audit } from './audit.ts';
import { closeOtherSessions } from './sessions.ts';

/** People on one server. */
const USER_LIMIT = 10_000;

export interface NewUser {
  email: string;
  name: string;
  /** Argon2id in PHC form. */
  password: string;
  admin: Flag;
  timeZone: string;
}

/** Makes an account. @throws AppError `conflict` when the e-mail address has one, or the server is full. */
export async function insertUser(tx: Tx, user: NewUser): Promise<UserRow> {
  const { count } = await tx.db
    .selectFrom('users')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count >= USER_LIMIT) throw new AppError('conflict', `a server has ${USER_LIMIT} accounts at most`);
  const row = await tx.db
    .insertInto('users')
    .values({
      email: user.email,
      name: user.name,
      password: user.password,
      admin: user.admin,
      language: 'en',
      time_zone: user.timeZone,
      created_at: tx.at,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) {
    throw new AppError('conflict', 'this e-mail address has an account already', { field: 'email' });
  }
  await audit(tx, {
    projectId: null,
    actor: `user:${row.email}`,
    action: 'user.create',
    target: row.email,
    detail: { admin: row.admin === 1 },
  });
  return row;
}

export interface UpdateUserInput {
  userId: number;
  fields: Partial<Pick<UserRow, 'name' | 'language' | 'time_zone' | 'theme'>>;
  actor: Actor;
}

/** Changes what people may change of themselves. */
export async function updateUser(tx: Tx, input: UpdateUserInput): Promise<UserRow> {
  if (Object.keys(input.fields).length > 0) {
    await tx.db.updateTable('users').set(input.fields).where('id', '=', input.userId).execute();
    const { actor, fields } = input;
    await audit(tx, { projectId: null, actor, action: 'user.update', target: actor, detail: { ...fields } });
  }
  return tx.db.selectFrom('users').selectAll().where('id', '=', input.userId).executeTakeFirstOrThrow();
}

export interface ChangePasswordInput {
  userId: number;
  /** Argon2id in PHC form. */
  password: string;
  /** The session that goes on; every other one ends. */
  sessionHash: string;
  actor: Actor;
}

/** Sets a person's password and ends what was signed in with the old one. */
export async function changePassword(tx: Tx, input: ChangePasswordInput): Promise<void> {
  await tx.db.updateTable('users').set({ password: input.password }).where('id', '=', input.userId).execute();
  await closeOtherSessions(tx, input.userId, input.sessionHash);
  await audit(tx, { projectId: null, actor: input.actor, action: 'user.password', target: input.actor });
}

/** The account of an e-mail address in lower case. */
export async function userByEmail(db: Kysely<Database>, email: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst();
}

/** Whether an instance admin can sign in. */
export async function hasAdmin(db: Kysely<Database>): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('admin', '=', 1)
    .where('password', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
