/** Who belongs to a project. */
import type { Role } from '@vigie/contract/vocabulary';
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { type Actor, audit } from './audit.ts';
import { emitProject } from './manage-keys.ts';
import { atLeast, roleAllows, roleFrom } from './roles.ts';

/** Who acts on members: a person, or (null) the admin token. */
export interface ByWhom {
  by: number | null;
  actor: Actor;
}

export interface MemberRef {
  projectId: number;
  userId: number;
}

/** A member with the person's name. */
export interface MemberRow {
  userId: number;
  email: string;
  name: string;
  role: Role;
  createdAt: number;
}

/**
 * Gives a member another role.
 * @throws AppError `not_found`, `forbidden` beyond the caller's own role, `conflict` for the last owner.
 */
export async function updateMember(tx: Tx, input: MemberRef & ByWhom & { role: Role }): Promise<MemberRow> {
  const member = await ownMember(tx, input);
  const own = await managingRole(tx.db, input.projectId, input.by);
  requireRank(own, member.role);
  requireRank(own, input.role);
  if (input.role !== 'owner') await requireOtherOwner(tx, input, member);
  await tx.db
    .updateTable('members')
    .set({ role: input.role })
    .where('project_id', '=', input.projectId)
    .where('user_id', '=', input.userId)
    .execute();
  await record(tx, input, 'member.update', member, { from: member.role, to: input.role });
  return { ...member, role: input.role };
}

/**
 * Takes somebody out of a project; everybody may leave by themselves.
 * @throws AppError `not_found`, `forbidden` beyond the caller's own role, `conflict` for the last owner.
 */
export async function removeMember(tx: Tx, input: MemberRef & ByWhom): Promise<void> {
  const member = await ownMember(tx, input);
  if (input.by !== input.userId) {
    requireRank(await managingRole(tx.db, input.projectId, input.by), member.role);
  }
  await requireOtherOwner(tx, input, member);
  await tx.db
    .deleteFrom('members')
    .where('project_id', '=', input.projectId)
    .where('user_id', '=', input.userId)
    .execute();
  await record(tx, input, 'member.remove', member, { role: member.role });
}

async function ownMember(tx: Tx, ref: MemberRef): Promise<MemberRow> {
  const member = (await membersOf(tx.db, ref.projectId)).find((one) => one.userId === ref.userId);
  if (member === undefined) throw new AppError('not_found', 'no such member');
  return member;
}

/** The role with which somebody manages members. @throws AppError `forbidden` when theirs does not allow it. */
export async function managingRole(
  db: Kysely<Database>,
  projectId: number,
  by: number | null,
): Promise<Role> {
  const role = by === null || (await isAdmin(db, by)) ? 'owner' : await roleOf(db, projectId, by);
  if (role !== null && roleAllows(role, 'member.manage')) return role;
  throw new AppError('forbidden', 'only managers and owners may change members');
}

async function isAdmin(db: Kysely<Database>, userId: number): Promise<boolean> {
  const row = await db.selectFrom('users').select('admin').where('id', '=', userId).executeTakeFirst();
  return row?.admin === 1;
}

/** Nobody hands out or takes away more than their own role. @throws AppError `forbidden`. */
export function requireRank(own: Role, role: Role): void {
  if (!atLeast(own, role)) throw new AppError('forbidden', `only an owner may do this to the role "${role}"`);
}

async function requireOtherOwner(tx: Tx, ref: MemberRef, member: MemberRow): Promise<void> {
  if (member.role !== 'owner') return;
  const others = (await membersOf(tx.db, ref.projectId)).filter(
    ({ role, userId }) => role === 'owner' && userId !== ref.userId,
  );
  if (others.length === 0)
    throw new AppError('conflict', 'a project needs an owner: make somebody else one first');
}

async function record(
  tx: Tx,
  input: MemberRef & ByWhom,
  action: string,
  member: MemberRow,
  detail: Record<string, unknown>,
): Promise<void> {
  const { projectId, actor } = input;
  await audit(tx, { projectId, actor, action, target: member.email, detail });
  await emitProject(tx, projectId);
}

/** Somebody's role in a project; null = none. */
export async function roleOf(db: Kysely<Database>, projectId: number, userId: number): Promise<Role | null> {
  const row = await db
    .selectFrom('members')
    .select('role')
    .where('project_id', '=', projectId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row === undefined ? null : roleFrom(row.role);
}

/** The members of a project, by their ids. */
export async function membersOf(db: Kysely<Database>, projectId: number): Promise<MemberRow[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['users.id', 'users.email', 'users.name', 'members.role', 'members.created_at'])
    .where('members.project_id', '=', projectId)
    .orderBy('users.id')
    .execute();
  return rows.map((row) => ({
    userId: row.id,
    email: row.email,
    name: row.name,
    role: roleFrom(row.role),
    createdAt: row.created_at,
  }));
}
