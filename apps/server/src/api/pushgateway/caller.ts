import type { FastifyRequest } from 'fastify';
import { authenticate } from '../../accounts/authenticate.ts';
import {
  grantIn,
  type Identity,
  isInstanceAdmin,
  isKnown,
  projectsSeen,
  requireGrant,
} from '../../accounts/identity.ts';
import { projectByCode } from '../../accounts/projects.ts';
import type { Permission } from '../../accounts/roles.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The project that a request is about: that of its key; for others the one of `?project=<id>`, or the only one they see.
 * @throws AppError `unauthenticated`, `forbidden`, `not_found`, `invalid` when it could be one of several.
 */
export async function projectFor(
  context: Context,
  request: FastifyRequest,
  query: URLSearchParams,
  permission: Permission,
): Promise<number> {
  const identity = await identified(context, request);
  const projectId = await projectOf(context, identity, query.get('project'));
  requireGrant(await grantIn(context.store.db, identity, projectId), permission);
  return projectId;
}

/** The project that the instance admin means. @throws AppError as `projectFor`. */
export async function projectForAdmin(
  context: Context,
  request: FastifyRequest,
  query: URLSearchParams,
): Promise<number> {
  const identity = await identified(context, request);
  if (!isInstanceAdmin(identity)) throw new AppError('forbidden', 'only the instance admin may do this');
  return projectOf(context, identity, query.get('project'));
}

async function identified(context: Context, request: FastifyRequest): Promise<Identity> {
  const identity = await authenticate(context, request.raw);
  if (isKnown(identity)) return identity;
  throw new AppError('unauthenticated', 'an API key is needed, as Bearer token or as the password of Basic');
}

async function projectOf({ store }: Context, identity: Identity, code: string | null): Promise<number> {
  if (identity.kind === 'key') return identity.projectId;
  if (code !== null) {
    const project = UUID.test(code) ? await projectByCode(store.db, code) : undefined;
    if (project === undefined) throw new AppError('not_found', 'no such project');
    return project.id;
  }
  const [only, ...more] = await projectsSeen(store.db, identity);
  if (only === undefined) throw new AppError('not_found', 'no such project');
  if (more.length > 0)
    throw new AppError('invalid', `project is missing: you see ${more.length + 1} of them`);
  return only.project.id;
}
