import type { Kysely } from 'kysely';
import { AppError } from '../../errors.ts';
import type { Database, UserRow } from '../../store/schema.ts';

/** The user that a path names, by id or e-mail address. @throws AppError `not_found`. */
export async function namedUser(db: Kysely<Database>, params: Record<string, string>): Promise<UserRow> {
  const name = params['user'] ?? '';
  const users = db.selectFrom('users').selectAll();
  const found = /^\d{1,15}$/.test(name)
    ? users.where('id', '=', Number(name))
    : users.where('email', '=', name.toLowerCase());
  const user = await found.executeTakeFirst();
  if (user === undefined) throw new AppError('not_found', 'no such user');
  return user;
}
