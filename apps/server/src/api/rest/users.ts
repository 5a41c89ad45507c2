/** People on the server, for the instance admin. */
import {
  type ManagedUser,
  managedUserPatchSchema,
  managedUserSchema,
  pageSchema,
  userListParameters,
} from '@vigie/contract';
import { actorOf } from '../../accounts/identity.ts';
import { type ManagedUserRow, usersWhere } from '../../accounts/manage-users.ts';
import { AppError } from '../../errors.ts';
import { presentUser } from './account-views.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineRoute, type RestContext, type RestRoute } from './define.ts';
import { instant, instantOrNull } from './format.ts';
import { namedUser } from './named-user.ts';
import { pageFrom, pageSize } from './page.ts';

const USER = '/api/vigie/users/:user';

function present(row: ManagedUserRow): ManagedUser {
  return {
    ...presentUser(row),
    created_at: instant(row.created_at),
    seen_at: instantOrNull(row.seenAt),
    second_factor: row.hasSecondFactor,
    projects: row.projects,
  };
}

const listUsers = defineRoute({
  method: 'GET',
  path: '/api/vigie/users',
  tag: 'users',
  summary: 'Lists who has an account, oldest first',
  access: 'admin',
  query: userListParameters,
  success: { status: 200, description: 'People', schema: pageSchema(managedUserSchema) },
  async handle({ context, query }) {
    const rows = await usersWhere(context.store.db, {
      after: query.cursor === undefined ? 0 : readCursor(query.cursor, 'users', ['number'])[0],
      text: query.q ?? '',
      limit: pageSize(query) + 1,
      now: context.clock.now(),
    });
    return pageFrom(rows, query, present, (row) => writeCursor('users', row.id));
  },
});

const updateUser = defineRoute({
  method: 'PATCH',
  path: USER,
  tag: 'users',
  summary: 'Makes somebody an instance admin, or not; the user by id or e-mail address',
  access: 'admin',
  body: managedUserPatchSchema,
  success: { status: 200, description: 'The user', schema: managedUserSchema },
  async handle({ context, params, identity, body }) {
    const { id: userId } = await namedUser(context.store.db, params);
    await context.writer.run('users.setAdmin', { userId, admin: body.admin, actor: actorOf(identity) });
    return shown(context, userId);
  },
});

async function shown({ store, clock }: RestContext, userId: number): Promise<ManagedUser> {
  const filter = { after: userId - 1, text: '', limit: 1, now: clock.now() };
  const [row] = await usersWhere(store.db, filter);
  if (row?.id !== userId) throw new AppError('not_found', 'no such user');
  return present(row);
}

const removeUser = defineRoute({
  method: 'DELETE',
  path: USER,
  tag: 'users',
  summary: 'Deletes an account; whoever is the only owner of a project keeps it',
  access: 'admin',
  success: { status: 204, description: 'It is gone' },
  async handle({ context, params, identity }) {
    const { id: userId } = await namedUser(context.store.db, params);
    await context.writer.run('users.remove', { userId, actor: actorOf(identity) });
  },
});

export const userRoutes: RestRoute[] = [listUsers, updateUser, removeUser];
