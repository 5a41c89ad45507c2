import { AppError } from '../errors.ts';
import type { ProjectRow, UserRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { configuredProject } from './bootstrap.ts';
import type { KeyScope, StoredKey } from './keys.ts';
import { createKey } from './manage-keys.ts';
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
  /** Keys to give the project, to be shown once; null where the configuration gave one. */
  keys: Record<KeyScope, StoredKey | null>;
}

/** Uses the set-up link up: makes the instance admin, owner of the first project. */
export async function setUp(tx: Tx, input: SetUpInput): Promise<{ user: UserRow; project: ProjectRow }> {
  if ((await takeToken(tx, 'set-up', input.hash)) === null || (await hasAdmin(tx.db))) {
    throw new AppError('not_found', 'this set-up link was used, ran out, or is of an earlier start');
  }
  const project = await configuredProject(tx, input.project);
  if (project === null) throw new Error('BUG: a set-up link without a project');
  const { email, name, password, timeZone } = input;
  const user = await insertUser(tx, { email, name, password, admin: 1, timeZone });
  await addMember(tx, project.id, user.id, 'owner');
  for (const scope of ['write', 'read'] as const) {
    const key = input.keys[scope];
    if (key === null) continue;
    await createKey(tx, { projectId: project.id, scope, key, name: 'set-up', actor: `user:${email}` });
  }
  return { user, project };
}
