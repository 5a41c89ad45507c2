import type { Tx } from '../store/tx.ts';

export interface NoteInput {
  projectId: number;
  owner: string;
  /** Why nobody can tell who the tenants are now; empty = they are as they were. */
  error: string;
}

/** Notes how a look at the tenants of a document went. */
export async function noteLook(tx: Tx, { projectId, owner, error }: NoteInput): Promise<void> {
  await tx.db
    .updateTable('config_documents')
    .set({ tenants_error: error })
    .where('project_id', '=', projectId)
    .where('owner', '=', owner)
    .execute();
}
