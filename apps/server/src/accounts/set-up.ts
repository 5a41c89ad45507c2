import { AppError } from '../errors.ts';
import type { ProjectRow, UserRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { configuredProject } from './bootstrap.ts';
import { takeToken } from './one-time-token.ts';
import { addMember } from './projects.ts';
import { hasAdmin, insertUser } from './users.ts';

export interface SetUpInput {
  /** Of the one-time token. */
  hash: string;
  email: string;
  name: string;
  /** Argon2id in PHC form. */
  password: string;
  timeZone: string;
  /** The configured name of the first project. */
  project: string;
}

/**
 * Uses the set-up link up: makes the instance admin, owner of the first project. Its keys are those of the first
 * start, which printed them beside the link.
 */
export async function setUp(tx: Tx, input: SetUpInput): Promise<{ user: UserRow; project: ProjectRow }> {
  if ((await takeToken(tx, 'set-up', input.hash)) === null || (await hasAdmin(tx.db))) {
    throw new AppError('not_found', 'this set-up link was used, ran out, or is of an earlier start');
  }
  const project = await configuredProject(tx, input.project);
  if (project === null) throw new Error('BUG: a set-up link without a project');
  const { email, name, password, timeZone } = input;
  const user = await insertUser(tx, { email, name, password, admin: 1, timeZone });
  await addMember(tx, project.id, user.id, 'owner');
  return { user, project };
}
