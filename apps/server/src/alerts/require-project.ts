import { AppError } from '../errors.ts';
import type { Tx } from '../store/tx.ts';

/**
 * Makes sure that a project is still there: what was asked for while it was being deleted would be nobody's.
 * @throws AppError `not_found`
 */
export async function requireProject(tx: Tx, projectId: number): Promise<void> {
  const row = await tx.db.selectFrom('projects').select('id').where('id', '=', projectId).executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such project');
}
