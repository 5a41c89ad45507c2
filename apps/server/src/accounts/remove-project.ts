import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';
import { type Actor, audit } from './audit.ts';

/** How a project's checks go; wired to checks. */
export interface RemoveChecks {
  /** Deletes one with all it has. */
  remove(tx: Tx, ref: { projectId: number; code: string }): Promise<unknown>;
  /** Forgets some of those that could still be restored. @returns whether there were any. */
  purge(tx: Tx, projectId: number): Promise<boolean>;
}

/** Deletes some of what was pushed to a project. @returns whether there is more; wired to metrics. */
export type WipePushes = (tx: Tx, projectId: number) => Promise<boolean>;

export interface RemoveProjectInput {
  projectId: number;
  /** Takes the place of the ping key at once, so that nothing is made anew meanwhile. */
  pingKey: string;
  actor: Actor;
}

/** Checks, or other rows, deleted in one transaction: the pings of others wait for it. */
const CHECKS_AT_ONCE = 50;
const ROWS_AT_ONCE = 1000;

/** Work that would be due about rows which are gone: its kind, and what of them is its key. */
const WORK = {
  alerts: { kind: 'alert', key: sql<string>`cast(id as text)` },
  silences: { kind: 'silence', key: sql<string>`code` },
  deliveries: { kind: 'delivery', key: sql<string>`lane` },
};

/** What a project has of alerts. */
const ALERT_TABLES = ['alert_events', 'alerts', 'silences', 'maintenance_windows', 'incidents'] as const;

/**
 * Deletes a part of a project; to be called until it returns true. Its keys go first, so that nothing is
 * added while the rest goes; a call that is never repeated leaves a project that can be deleted again.
 */
export async function removeProject(
  tx: Tx,
  input: RemoveProjectInput,
  { checks, wipePushes }: { checks: RemoveChecks; wipePushes: WipePushes },
): Promise<boolean> {
  const { projectId } = input;
  const project = await tx.db
    .selectFrom('projects')
    .select(['code', 'name'])
    .where('id', '=', projectId)
    .executeTakeFirst();
  if (project === undefined) return true;
  await tx.db.deleteFrom('api_keys').where('project_id', '=', projectId).execute();
  await tx.db.updateTable('projects').set({ ping_key: input.pingKey }).where('id', '=', projectId).execute();
  if (await removeChecks(tx, projectId, checks)) return false;
  if (await checks.purge(tx, projectId)) return false;
  if (await removeDeliveries(tx, projectId)) return false;
  if (await wipePushes(tx, projectId)) return false;
  for (const table of ALERT_TABLES) if (await removePage(tx, table, projectId)) return false;
  await removeLooks(tx, projectId);
  for (const table of ['config_items', 'config_documents', 'channels'] as const) {
    await tx.db.deleteFrom(table).where('project_id', '=', projectId).execute();
  }
  await tx.db.deleteFrom('members').where('project_id', '=', projectId).execute();
  await tx.db.deleteFrom('projects').where('id', '=', projectId).execute();
  await audit(tx, {
    projectId,
    actor: input.actor,
    action: 'project.delete',
    target: project.code,
    detail: { name: project.name },
  });
  tx.emit({ type: 'changed', noun: 'project', project: projectId, ids: [project.code] });
  return true;
}

/** @returns whether there were any. */
async function removeChecks(tx: Tx, projectId: number, { remove }: RemoveChecks): Promise<boolean> {
  const checks = await tx.db
    .selectFrom('checks')
    .select('code')
    .where('project_id', '=', projectId)
    .limit(CHECKS_AT_ONCE)
    .execute();
  for (const { code } of checks) await remove(tx, { projectId, code });
  return checks.length > 0;
}

/** @returns whether there were any. */
async function removeDeliveries(tx: Tx, projectId: number): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('deliveries')
    .select('id')
    .where('project_id', '=', projectId)
    .orderBy('id')
    .limit(ROWS_AT_ONCE)
    .execute();
  if (rows.length === 0) return false;
  const ids = rows.map((row) => row.id);
  await removeWork(tx, 'deliveries', ids);
  await tx.db.deleteFrom('delivery_attempts').where('delivery_id', 'in', ids).execute();
  await tx.db.deleteFrom('deliveries').where('id', 'in', ids).execute();
  return true;
}

/** @returns whether there were any. */
async function removePage(tx: Tx, table: (typeof ALERT_TABLES)[number], projectId: number): Promise<boolean> {
  const rows = await tx.db
    .selectFrom(table)
    .select('id')
    .where('project_id', '=', projectId)
    .limit(ROWS_AT_ONCE)
    .execute();
  if (rows.length === 0) return false;
  const ids = rows.map(({ id }) => id);
  if (table === 'alerts' || table === 'silences') await removeWork(tx, table, ids);
  await tx.db.deleteFrom(table).where('id', 'in', ids).execute();
  return true;
}

/** Nobody is to look any more who the tenants of its documents are. */
async function removeLooks(tx: Tx, projectId: number): Promise<void> {
  await tx.db
    .deleteFrom('work')
    .where('kind', '=', 'tenants')
    .where('owner', 'is', null)
    .where('key', 'in', (e) =>
      e
        .selectFrom('config_documents')
        .select(sql<string>`cast(project_id as text) || '/' || owner`.as('key'))
        .where('project_id', '=', projectId),
    )
    .execute();
}

/** What somebody is at goes when he is done with it. */
async function removeWork(tx: Tx, table: keyof typeof WORK, ids: readonly number[]): Promise<void> {
  const { kind, key } = WORK[table];
  await tx.db
    .deleteFrom('work')
    .where('kind', '=', kind)
    .where('owner', 'is', null)
    .where('key', 'in', (e) => e.selectFrom(table).select(key.as('key')).where('id', 'in', ids))
    .execute();
}
