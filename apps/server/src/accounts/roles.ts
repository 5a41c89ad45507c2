/** Who may do what, as data. Source of the split between roles: Healthchecks' (docs/healthchecks.md). */
import { ROLES, type Role } from '@vigie/contract/vocabulary';
import type { KeyScope } from './keys.ts';

/** What a permission needs: a role of at least this rank, or a key of at least this scope (null = no key will do). */
interface Need {
  role: Role;
  key: KeyScope | null;
}

/** Keys watch and feed checks; people, keys and the project itself are people's business. */
export const PERMISSIONS = {
  /** Checks, flips, channels without secrets, deliveries. */
  'project.read': { role: 'readonly', key: 'read' },
  /** The log of pings, which may hold the jobs' own secrets. */
  'ping.read': { role: 'readonly', key: 'write' },
  /** Also: to see a check's UUID, which is all that a ping needs. */
  'check.write': { role: 'member', key: 'write' },
  /** To post and acknowledge alerts, to silence them, to plan maintenance, to hold drills. */
  'alert.write': { role: 'member', key: 'write' },
  /** What the monitoring API keeps for its administrators. */
  'monitoring.admin': { role: 'manager', key: 'write' },
  /** To make true what a file declares, and to export it. */
  'config.write': { role: 'manager', key: 'write' },
  'channel.write': { role: 'member', key: 'write' },
  'channel.test': { role: 'readonly', key: 'write' },
  /** Also: to see the ping key. */
  'key.manage': { role: 'member', key: null },
  'project.write': { role: 'member', key: null },
  'member.read': { role: 'readonly', key: null },
  'member.manage': { role: 'manager', key: null },
  'audit.read': { role: 'manager', key: null },
  'project.delete': { role: 'owner', key: null },
} as const satisfies Record<string, Need>;

export type Permission = keyof typeof PERMISSIONS;

/** 0 is the owner. */
function rank(role: Role): number {
  return ROLES.indexOf(role);
}

/** Whether `role` may do at least as much as `other`. */
export function atLeast(role: Role, other: Role): boolean {
  return rank(role) <= rank(other);
}

/** Whether a member with this role may. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return atLeast(role, PERMISSIONS[permission].role);
}

/** Whether a key of this scope may. */
export function keyAllows(scope: KeyScope, permission: Permission): boolean {
  const { key } = PERMISSIONS[permission];
  return key === 'read' || (key === 'write' && scope === 'write');
}

/** A role as it is stored; what is not one is the least of them. */
export function roleFrom(text: string): Role {
  return ROLES.find((role) => role === text) ?? 'readonly';
}
