/** Reading the ledger of deliveries. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';

export interface LedgerFilter {
  projectId: number;
  /** A delivery's internal id. */
  id?: number;
  key?: string;
  state?: string;
  /** The check's UUID or unique key. */
  check?: string;
  /** The check's internal id. */
  checkId?: number;
  /** The channel's UUID. */
  channel?: string;
  /** Older than the delivery of this id. */
  before?: number;
  limit: number;
}

/** Deliveries, newest first, with the public names of what they are about. */
export async function deliveriesWhere(db: Kysely<Database>, filter: LedgerFilter) {
  // Those of one check are few: a sum keeps the databases from walking over the project's instead.
  const isOfCheck = filter.check !== undefined || filter.checkId !== undefined;
  const column = (name: 'id' | 'project_id') => {
    const own = sql.ref<number>(`deliveries.${name}`);
    return isOfCheck ? sql<number>`${own} + 0` : own;
  };
  let query = db
    .selectFrom('deliveries')
    .leftJoin('channels', 'channels.id', 'deliveries.channel_id')
    .leftJoin('checks', 'checks.id', 'deliveries.check_id')
    .leftJoin('alerts as about', 'about.id', 'deliveries.alert_id')
    .selectAll('deliveries')
    .select([
      'channels.code as channel_code',
      'channels.name as channel_name',
      'checks.code as check_code',
      'checks.unique_key as check_key',
      'checks.name as check_name',
      'about.name as alert_name',
    ])
    .where(column('project_id'), '=', filter.projectId);
  const { id, key, state, check, checkId, channel, before } = filter;
  if (id !== undefined) query = query.where('deliveries.id', '=', id);
  if (key !== undefined) query = query.where('deliveries.key', '=', key);
  if (state !== undefined) query = query.where('deliveries.state', '=', state);
  if (channel !== undefined) query = query.where('channels.code', '=', channel);
  if (before !== undefined) query = query.where(column('id'), '<', before);
  // By the alerts of the check, of which there is an index: one more of deliveries would make each of them dearer.
  if (checkId !== undefined) {
    query = query.where(
      'deliveries.alert_id',
      'in',
      alertsOfChecks(db).where('alerts.check_id', '=', checkId),
    );
  }
  if (check !== undefined) {
    const named = db
      .selectFrom('checks')
      .select('checks.id')
      .where((e) => e.or([e('code', '=', check), e('unique_key', '=', check)]));
    query = query.where(
      'deliveries.alert_id',
      'in',
      alertsOfChecks(db).where('alerts.check_id', 'in', named),
    );
  }
  return query.orderBy(column('id'), 'desc').limit(filter.limit).execute();
}

/** The condition is that of the index. Also alerts that nobody was told of: their messages failed. */
function alertsOfChecks(db: Kysely<Database>) {
  return db.selectFrom('alerts').select('alerts.id').where('alerts.check_id', 'is not', null);
}

export type LedgerEntry = Awaited<ReturnType<typeof deliveriesWhere>>[number];

/** The tries of a delivery, the first one first. */
export async function attemptsOf(db: Kysely<Database>, deliveryId: number) {
  return db
    .selectFrom('delivery_attempts')
    .selectAll()
    .where('delivery_id', '=', deliveryId)
    .orderBy('n')
    .execute();
}
