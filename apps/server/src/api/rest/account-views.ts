/** People, projects and keys as the native API shows them. */
import type { IdentityBody, Invitation, Key, Member, Project, Session, User } from '@vigie/contract';
import type { Kysely } from 'kysely';
import { type Grant, type Identity, projectsSeen } from '../../accounts/identity.ts';
import type { Invited } from '../../accounts/invitations.ts';
import { scopeFrom } from '../../accounts/keys.ts';
import type { ApiKeyRow } from '../../accounts/manage-keys.ts';
import type { MemberRow } from '../../accounts/members.ts';
import type { KeptToken } from '../../accounts/one-time-token.ts';
import { alertRouteOf, environmentsOf } from '../../accounts/projects.ts';
import { type SessionRow, sessionId } from '../../accounts/sessions.ts';
import type { Database, ProjectRow, UserRow } from '../../store/schema.ts';
import { instant, instantOrNull } from './format.ts';

export function presentUser(user: UserRow): User {
  return {
    id: String(user.id),
    email: user.email,
    name: user.name,
    admin: user.admin === 1,
    language: user.language === 'fr' ? 'fr' : 'en',
    time_zone: user.time_zone,
    theme: user.theme === 'light' || user.theme === 'dark' ? user.theme : 'system',
  };
}

/** A project for somebody with this grant; null = who may do nothing there. */
export function presentProject(project: ProjectRow, grant: Grant | null): Project {
  return {
    id: project.code,
    name: project.name,
    role: grant?.role ?? null,
    environments: environmentsOf(project),
    show_slugs: project.show_slugs === 1,
    alert_route: alertRouteOf(project),
    ping_key: grant?.may('key.manage') ? project.ping_key : null,
    created_at: instant(project.created_at),
  };
}

export async function presentIdentity(db: Kysely<Database>, identity: Identity): Promise<IdentityBody> {
  const seen = await projectsSeen(db, identity);
  return {
    kind: identity.kind,
    user: identity.kind === 'session' ? presentUser(identity.user) : null,
    projects: seen.map(({ project, grant }) => presentProject(project, grant)),
  };
}

export function presentSession(session: SessionRow, currentHash: string): Session {
  return {
    id: sessionId(session),
    current: session.hash === currentHash,
    created_at: instant(session.created_at),
    seen_at: instant(session.seen_at),
    expires_at: instant(session.expires_at),
    remote_addr: session.remote_addr,
    user_agent: session.user_agent,
  };
}

export function presentMember(member: MemberRow): Member {
  return {
    id: String(member.userId),
    email: member.email,
    name: member.name,
    role: member.role,
    created_at: instant(member.createdAt),
  };
}

/** Named by the beginning of its hash, which opens nothing. */
export function presentInvitation(invitation: KeptToken<Invited>): Invitation {
  const { email, role } = invitation.value;
  return { id: invitation.id.slice(0, 16), email, role, expires_at: instant(invitation.expiresAt) };
}

export function presentKey(key: ApiKeyRow): Key {
  return {
    id: key.code,
    name: key.name,
    scope: scopeFrom(key.scope),
    hint: key.hint,
    created_at: instant(key.created_at),
    last_used_at: instantOrNull(key.last_used_at),
  };
}
