/** Forgetting alerts that were over long ago, with their account, and the incidents they made. */
import type { Tx } from '../store/tx.ts';

/** Rows deleted in one transaction. */
const PAGE = 500;

/** Deletes a page of what was over before an instant, epoch ms. @returns whether there may be more. */
export async function deleteOldAlerts(tx: Tx, before: number): Promise<boolean> {
  const more = [
    await deleteAlerts(tx, before),
    await deleteLooseEvents(tx, before),
    await deleteIncidents(tx, before),
  ];
  return more.some(Boolean);
}

/** What fires is kept, however long it does. */
async function deleteAlerts(tx: Tx, before: number): Promise<boolean> {
  const old = await tx.db
    .selectFrom('alerts')
    .select('id')
    // Ids follow the time (alerts/ids.ts): what was raised since is not even looked at.
    .where('id', '<', before * 1000)
    .where('state', '=', 'resolved')
    .where('resolved_at', '<', before)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  if (old.length === 0) return false;
  const ids = old.map(({ id }) => id);
  await tx.db.deleteFrom('alert_events').where('alert_id', 'in', ids).execute();
  await tx.db.deleteFrom('alerts').where('id', 'in', ids).execute();
  return old.length === PAGE;
}

/** Events that are no alert's: of silences, windows, policies. By project, for there is the index. */
async function deleteLooseEvents(tx: Tx, before: number): Promise<boolean> {
  const old = await tx.db
    .selectFrom('projects')
    .innerJoin('alert_events', 'alert_events.project_id', 'projects.id')
    .select('alert_events.id')
    .where('alert_events.at', '<', before)
    .where('alert_events.alert_id', 'is', null)
    .limit(PAGE)
    .execute();
  if (old.length === 0) return false;
  await tx.db
    .deleteFrom('alert_events')
    .where(
      'id',
      'in',
      old.map(({ id }) => id),
    )
    .execute();
  return old.length === PAGE;
}

async function deleteIncidents(tx: Tx, before: number): Promise<boolean> {
  const old = await tx.db
    .selectFrom('incidents')
    .select('id')
    .where('resolved_at', '<', before)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  if (old.length === 0) return false;
  const ids = old.map(({ id }) => id);
  await tx.db.updateTable('alerts').set({ incident_id: null }).where('incident_id', 'in', ids).execute();
  await tx.db.deleteFrom('incidents').where('id', 'in', ids).execute();
  return old.length === PAGE;
}
