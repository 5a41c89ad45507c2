import type { FastifyRequest } from 'fastify';
import { clientOf } from '../../accounts/client.ts';
import { actorOf, isInstanceAdmin } from '../../accounts/identity.ts';
import type { ByWhom } from '../../accounts/members.ts';
import type { SessionOrigin } from '../../accounts/sessions.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { UserRow } from '../../store/schema.ts';
import type { RawCall } from './define.ts';

/** The person who calls. @throws AppError `forbidden` for a key or a token. */
export function personOf({ identity }: Pick<RawCall, 'identity'>): { user: UserRow; sessionHash: string } {
  if (identity.kind === 'session') return identity;
  throw new AppError('forbidden', 'only somebody who is signed in may do this');
}

/** Who acts on people and projects: a person, or the admin token. @throws AppError `forbidden` for a key. */
export function actingPerson({ identity }: Pick<RawCall, 'identity'>): ByWhom {
  const by = identity.kind === 'session' ? identity.user.id : null;
  if (by === null && !isInstanceAdmin(identity)) {
    throw new AppError('forbidden', 'only somebody who is signed in may do this');
  }
  return { by, actor: actorOf(identity) };
}

interface OriginCall {
  context: Pick<Context, 'config'>;
  request: FastifyRequest;
}

/** Where a call comes from. */
export function originOf({ context, request }: OriginCall): SessionOrigin {
  return {
    remoteAddr: clientOf(request.raw, context.config().trustedProxies).address,
    userAgent: request.headers['user-agent'] ?? '',
  };
}
