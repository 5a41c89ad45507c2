import type { KeyOwner } from '../../accounts/keys.ts';
import type { PresentedCheck } from '../../checks/manage.ts';
import { checksWhere, projectOfCheck } from '../../checks/queries.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';

/**
 * The check with this UUID.
 * @throws AppError `not_found`, or `forbidden` when it belongs to a project that is not the key's.
 */
export async function findCheck(
  context: Pick<Context, 'store'>,
  owner: KeyOwner,
  code: string,
): Promise<PresentedCheck> {
  const { db } = context.store;
  const project = await projectOfCheck(db, code);
  if (project !== null && project !== owner.projectId) {
    throw new AppError('forbidden', 'the check belongs to another project');
  }
  const [check] = await checksWhere(db, { projectId: owner.projectId, code });
  if (check === undefined) throw new AppError('not_found', 'no such check');
  return check;
}

/** The check of the key's project with this unique key; undefined = none. */
export async function findByUniqueKey(
  context: Pick<Context, 'store'>,
  owner: KeyOwner,
  uniqueKey: string,
): Promise<PresentedCheck | undefined> {
  const [check] = await checksWhere(context.store.db, { projectId: owner.projectId, uniqueKey });
  return check;
}
