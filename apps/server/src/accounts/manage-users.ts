/** People as the instance admin manages them. */
import { type Kysely, sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, UserRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { type Actor, audit } from './audit.ts';
import { emitProject } from './manage-keys.ts';

export interface UserFilter {
  /** Ids greater than this: pages of a list. */
  after: number;
  /** Part of name or e-mail address. */
  text: string;
  limit: number;
  /** Epoch milliseconds: sessions that ended before count no more. */
  now: number;
}

export type ManagedUserRow = UserRow & {
  seenAt: number | null;
  hasSecondFactor: boolean;
  projects: number;
};

/** People, the oldest account first. */
export async function usersWhere(db: Kysely<Database>, filter: UserFilter): Promise<ManagedUserRow[]> {
  const pattern = `%${filter.text.toLowerCase().replace(/[%_\\]/g, '\\$&')}%`;
  const rows = await db
    .selectFrom('users')
    .selectAll('users')
    .select((e) => [
      e
        .selectFrom('sessions')
        .select((own) => own.fn.max('sessions.seen_at').as('at'))
        .whereRef('sessions.user_id', '=', 'users.id')
        .where('sessions.expires_at', '>', filter.now)
        .as('seen'),
      e
        .selectFrom('members')
        .select((own) => own.fn.countAll<number>().as('count'))
        .whereRef('members.user_id', '=', 'users.id')
        .as('member_of'),
      e
        .selectFrom('second_factors')
        .select('second_factors.confirmed_at')
        .whereRef('second_factors.user_id', '=', 'users.id')
        .as('confirmed'),
    ])
    .where('users.id', '>', filter.after)
    .where(
      sql<boolean>`(lower(email) like ${pattern} escape '\\' or lower(name) like ${pattern} escape '\\')`,
    )
    .orderBy('users.id')
    .limit(filter.limit)
    .execute();
  return rows.map(({ seen, member_of, confirmed, ...user }) => ({
    ...user,
    seenAt: seen,
    hasSecondFactor: confirmed !== null,
    projects: member_of ?? 0,
  }));
}

export interface ManageUserInput {
  userId: number;
  actor: Actor;
}

/** Makes somebody an instance admin, or not. @throws AppError `not_found`, `conflict` for the last one. */
export async function setAdmin(tx: Tx, input: ManageUserInput & { admin: boolean }): Promise<void> {
  const user = await userById(tx, input.userId);
  if ((user.admin === 1) === input.admin) return;
  if (!input.admin) await requireOtherAdmin(tx, user);
  await tx.db
    .updateTable('users')
    .set({ admin: input.admin ? 1 : 0 })
    .where('id', '=', user.id)
    .execute();
  const { actor, admin } = input;
  await audit(tx, { projectId: null, actor, action: 'user.admin', target: user.email, detail: { admin } });
}

/** What there is of a person, and nobody else needs. */
const OWN_TABLES = ['sessions', 'members', 'second_factors', 'recovery_codes', 'passkeys'] as const;

/**
 * Deletes an account. What the person did stays in the audit log.
 * @throws AppError `not_found`, `conflict` for the last instance admin, and for the only owner of a project.
 */
export async function removeUser(tx: Tx, { userId, actor }: ManageUserInput): Promise<void> {
  const user = await userById(tx, userId);
  if (user.admin === 1) await requireOtherAdmin(tx, user);
  await requireOtherOwners(tx, userId);
  const projects = await tx.db
    .selectFrom('members')
    .select('project_id')
    .where('user_id', '=', userId)
    .execute();
  for (const table of OWN_TABLES) await tx.db.deleteFrom(table).where('user_id', '=', userId).execute();
  await tx.db.deleteFrom('users').where('id', '=', userId).execute();
  await audit(tx, { projectId: null, actor, action: 'user.delete', target: user.email });
  for (const { project_id } of projects) await emitProject(tx, project_id);
}

async function userById({ db }: Tx, userId: number): Promise<UserRow> {
  const user = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst();
  if (user === undefined) throw new AppError('not_found', 'no such user');
  return user;
}

/** One who cannot sign in is none. */
async function requireOtherAdmin({ db }: Tx, user: UserRow): Promise<void> {
  const other = await db
    .selectFrom('users')
    .select('id')
    .where('admin', '=', 1)
    .where('password', 'is not', null)
    .where('id', '!=', user.id)
    .limit(1)
    .executeTakeFirst();
  if (other === undefined) throw new AppError('conflict', 'a server keeps one instance admin');
}

async function requireOtherOwners({ db }: Tx, userId: number): Promise<void> {
  const owned = await db
    .selectFrom('members as own')
    .innerJoin('projects', 'projects.id', 'own.project_id')
    .select('projects.name')
    .where('own.user_id', '=', userId)
    .where('own.role', '=', 'owner')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('members as other')
            .select('other.user_id')
            .whereRef('other.project_id', '=', 'own.project_id')
            .where('other.role', '=', 'owner')
            .where('other.user_id', '!=', userId),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  if (owned !== undefined) throw new AppError('conflict', `nobody else owns the project "${owned.name}"`);
}
