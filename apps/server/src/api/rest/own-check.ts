import type { PresentedCheck } from '../../checks/manage.ts';
import { checksWhere } from '../../checks/queries.ts';
import { AppError } from '../../errors.ts';
import type { ProjectCall } from './define.ts';

/** Length of a check's unique key, which is not that of a UUID. */
const UNIQUE_KEY_LENGTH = 40;

/** The check that the path names. @throws AppError `not_found` when it was deleted meanwhile. */
export async function ownCheck(call: ProjectCall<unknown, unknown>): Promise<PresentedCheck> {
  const id = call.params['check'] ?? '';
  const by = id.length === UNIQUE_KEY_LENGTH ? { uniqueKey: id } : { code: id };
  const [check] = await checksWhere(call.context.store.db, { projectId: call.project.id, ...by });
  if (check === undefined) throw new AppError('not_found', 'no such check');
  return check;
}
