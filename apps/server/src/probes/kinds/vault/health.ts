/** What `GET /v1/sys/health` says: the same JSON with every status, and the status is the verdict. */
import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { isSuccess, jsonIn, statusFailure } from '../../http-answer.ts';
import type { HttpAnswer } from '../../http-exchange.ts';

const body = z.object({
  initialized: z.boolean(),
  sealed: z.boolean(),
  standby: z.boolean().default(false),
  performance_standby: z.boolean().default(false),
  version: z.string().default('unknown'),
  cluster_name: z.string().default('unknown'),
});

export type Health = z.output<typeof body>;

/** What a node is, by its status (Vault's API documentation, /sys/health; OpenBao knows 200, 429, 501 and 503). */
const ROLES = {
  200: 'active',
  429: 'standby',
  472: 'secondary',
  473: 'performance standby',
  474: 'standby without its active node',
  501: 'not initialised',
  503: 'sealed',
  530: 'removed',
} as const;

export type Role = (typeof ROLES)[keyof typeof ROLES];

/** @throws ProbeFailure when what answered is no Vault. */
export function healthOf(answer: HttpAnswer): { role: Role; health: Health } {
  const role = roleOf(answer.status);
  // A proxy before it has statuses of its own, with other bodies.
  const read = role === null ? null : body.safeParse(jsonIn(answer));
  if (role !== null && read?.success) return { role, health: read.data };
  if (!isSuccess(answer)) throw statusFailure(answer);
  throw new ProbeFailure('protocol', `${answer.url.pathname} does not answer as Vault does`);
}

function roleOf(status: number): Role | null {
  return isKnown(status) ? ROLES[status] : null;
}

function isKnown(status: number): status is keyof typeof ROLES {
  return Object.hasOwn(ROLES, status);
}

export interface Allowed {
  require_active: boolean;
  allow_secondary: boolean;
}

/** Why a node of this role is not well; null = it is. */
export function roleFailure(role: Role, { require_active, allow_secondary }: Allowed): string | null {
  switch (role) {
    case 'active':
      return null;
    case 'standby':
    case 'performance standby':
    case 'standby without its active node':
      return require_active ? `the node is a ${role}, and must be the active one` : null;
    case 'secondary':
      return allow_secondary ? null : 'the node is a disaster recovery secondary';
    case 'not initialised':
      return 'Vault is not initialised';
    case 'sealed':
      return 'Vault is sealed';
    case 'removed':
      return 'the node was removed from its cluster';
  }
}
