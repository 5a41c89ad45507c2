/** Who a request speaks for, and what that allows. */
import type { Role } from '@vigie/contract/vocabulary';
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, ProjectRow, UserRow } from '../store/schema.ts';
import type { Actor } from './audit.ts';
import type { KeyOwner } from './keys.ts';
import { roleOf } from './members.ts';
import { keyAllows, type Permission, roleAllows, roleFrom } from './roles.ts';

export type Identity =
  /** No credentials; the role is what the configuration grants to such requests. */
  | { kind: 'anonymous'; role: Role | null }
  | ({ kind: 'key' } & KeyOwner)
  | { kind: 'session'; user: UserRow; sessionHash: string }
  | { kind: 'admin-token' };

/** How the audit log names it. */
export function actorOf(identity: Identity): Actor {
  if (identity.kind === 'session') return `user:${identity.user.email}`;
  if (identity.kind === 'key') return `key:${identity.hint}`;
  return identity.kind;
}

/** Whether somebody is there at all. */
export function isKnown(identity: Identity): boolean {
  return identity.kind !== 'anonymous' || identity.role !== null;
}

/** Whether it may do everything everywhere. */
export function isInstanceAdmin(identity: Identity): boolean {
  return identity.kind === 'admin-token' || (identity.kind === 'session' && identity.user.admin === 1);
}

/** The role it has as a person; null for a key, the admin token and whoever does not belong to the project. */
export async function personalRole(
  db: Kysely<Database>,
  identity: Identity,
  projectId: number,
): Promise<Role | null> {
  if (identity.kind === 'anonymous') return identity.role;
  return identity.kind === 'session' ? roleOf(db, projectId, identity.user.id) : null;
}

/** What an identity may do in one project. */
export interface Grant {
  /** Null for a key and the admin token. */
  role: Role | null;
  may(permission: Permission): boolean;
}

/** What it may do in a project; null when it must not even learn that the project exists. */
export async function grantIn(
  db: Kysely<Database>,
  identity: Identity,
  projectId: number,
): Promise<Grant | null> {
  return grantOf(identity, projectId, await personalRole(db, identity, projectId));
}

function grantOf(identity: Identity, projectId: number, role: Role | null): Grant | null {
  if (isInstanceAdmin(identity)) return { role, may: () => true };
  if (identity.kind === 'key') {
    if (identity.projectId !== projectId) return null;
    return { role, may: (permission) => keyAllows(identity.scope, permission) };
  }
  return role === null ? null : { role, may: (permission) => roleAllows(role, permission) };
}

/** @throws AppError `not_found` to a stranger, `forbidden` to who may not. */
export function requireGrant(grant: Grant | null, permission: Permission): Grant {
  if (grant === null) throw new AppError('not_found', 'no such project');
  if (grant.may(permission)) return grant;
  throw new AppError('forbidden', `this needs the permission "${permission}"`);
}

/** A project as somebody sees it. */
export interface SeenProject {
  project: ProjectRow;
  grant: Grant;
}

/** The projects it sees, oldest first. */
export async function projectsSeen(db: Kysely<Database>, identity: Identity): Promise<SeenProject[]> {
  if (!isKnown(identity)) return [];
  const roles = identity.kind === 'session' ? await rolesOf(db, identity.user.id) : null;
  const everywhere = identity.kind === 'anonymous' ? identity.role : null;
  const seen: SeenProject[] = [];
  for (const project of await visibleRows(db, identity)) {
    const grant = grantOf(identity, project.id, roles?.get(project.id) ?? everywhere);
    if (grant !== null) seen.push({ project, grant });
  }
  return seen;
}

async function visibleRows(db: Kysely<Database>, identity: Identity): Promise<ProjectRow[]> {
  const all = db.selectFrom('projects').selectAll().orderBy('id');
  if (identity.kind === 'key') return all.where('id', '=', identity.projectId).execute();
  if (identity.kind !== 'session' || isInstanceAdmin(identity)) return all.execute();
  const own = db.selectFrom('members').select('project_id').where('user_id', '=', identity.user.id);
  return all.where('id', 'in', own).execute();
}

async function rolesOf(db: Kysely<Database>, userId: number): Promise<Map<number, Role>> {
  const rows = await db
    .selectFrom('members')
    .select(['project_id', 'role'])
    .where('user_id', '=', userId)
    .execute();
  return new Map(rows.map((row) => [row.project_id, roleFrom(row.role)]));
}
