/** How groups of pushed metrics go: deleted, wiped, or past their time. */
import { type ExpressionBuilder, sql } from 'kysely';
import type { Database } from '../../store/schema.ts';
import type { Tx } from '../../store/tx.ts';
import { groupHash } from './group-hash.ts';
import type { GroupLabels } from './model.ts';

/** Groups deleted in one transaction. */
const PAGE = 100;

export interface GroupRef {
  projectId: number;
  group: GroupLabels;
}

/** Deletes exactly this group; one that is not there is no error. */
export async function removeGroup(tx: Tx, { projectId, group }: GroupRef): Promise<void> {
  await removeWhere(tx, (e) => e.and([e('project_id', '=', projectId), e('hash', '=', groupHash(group))]));
}

/** Deletes some groups of a project; to be called until it returns false. */
export function wipeGroups(tx: Tx, projectId: number): Promise<boolean> {
  return removeWhere(tx, (e) => e('project_id', '=', projectId));
}

/** Deletes some of the groups whose time is over, of one project or of all. @returns whether there may be more. */
export function removeExpired(tx: Tx, projectId?: number): Promise<boolean> {
  return removeWhere(tx, (e) =>
    e.and([
      e('expires_at', '<=', tx.at),
      ...(projectId === undefined ? [] : [e('project_id', '=', projectId)]),
    ]),
  );
}

/** After the wall clock stepped by `delta` ms: what has a time is kept as long as it would have been. */
export async function shiftPushes(tx: Tx, delta: number): Promise<void> {
  await tx.db
    .updateTable('push_groups')
    .set({ expires_at: sql<number>`expires_at + ${delta}` })
    .where('expires_at', 'is not', null)
    .execute();
}

type Which = (e: ExpressionBuilder<Database, 'push_groups'>) => ReturnType<typeof e.and>;

async function removeWhere(tx: Tx, which: Which): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('push_groups')
    .select('id')
    .where((e) => which(e))
    .limit(PAGE)
    .execute();
  if (rows.length === 0) return false;
  const ids = rows.map(({ id }) => id);
  await tx.db.deleteFrom('push_families').where('group_id', 'in', ids).execute();
  await tx.db.deleteFrom('push_groups').where('id', 'in', ids).execute();
  return rows.length === PAGE;
}
