/** Who may have the server look at its own machine. */
import type { Kysely } from 'kysely';
import { type Identity, isInstanceAdmin } from '../../accounts/identity.ts';
import { AppError } from '../../errors.ts';
import type { ProbeKind } from '../../probes/kind.ts';
import { LOCAL_REFUSAL, requireProbeKind } from '../../probes/probe-kinds.ts';
import type { Database, ProjectRow } from '../../store/schema.ts';

/**
 * The kind of this name. Those that look at files, processes or the engine of the server's own machine are for the first
 * project, which is that of whoever set the server up, and for the instance admin.
 * @throws AppError `invalid` when there is none, `forbidden` when this project may not have it.
 */
export async function permittedKind(
  db: Kysely<Database>,
  name: string,
  project: Pick<ProjectRow, 'id'>,
  identity: Identity,
): Promise<ProbeKind> {
  const kind = requireProbeKind(name);
  if (!kind.isLocal || (await mayLookLocally(db, project, identity))) return kind;
  throw new AppError('forbidden', `kind ${LOCAL_REFUSAL}`, { field: 'kind' });
}

/** Whether somebody may have services of this project look at the server's own machine. */
export async function mayLookLocally(
  db: Kysely<Database>,
  project: Pick<ProjectRow, 'id'>,
  identity: Identity,
): Promise<boolean> {
  if (isInstanceAdmin(identity)) return true;
  const { first } = await db
    .selectFrom('projects')
    .select((e) => e.fn.min('id').as('first'))
    .executeTakeFirstOrThrow();
  return first === project.id;
}
