/** Reading the ledger of deliveries. */
import type { Kysely } from 'kysely';
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
  let query = db
    .selectFrom('deliveries')
    .leftJoin('channels', 'channels.id', 'deliveries.channel_id')
    .leftJoin('checks', 'checks.id', 'deliveries.check_id')
    .selectAll('deliveries')
    .select([
      'channels.code as channel_code',
      'channels.name as channel_name',
      'checks.code as check_code',
      'checks.unique_key as check_key',
    ])
    .where('deliveries.project_id', '=', filter.projectId);
  const { id, key, state, check, checkId, channel, before } = filter;
  if (id !== undefined) query = query.where('deliveries.id', '=', id);
  if (key !== undefined) query = query.where('deliveries.key', '=', key);
  if (state !== undefined) query = query.where('deliveries.state', '=', state);
  if (channel !== undefined) query = query.where('channels.code', '=', channel);
  if (before !== undefined) query = query.where('deliveries.id', '<', before);
  if (checkId !== undefined) query = query.where('deliveries.check_id', '=', checkId);
  if (check !== undefined) {
    query = query.where('deliveries.check_id', 'in', (e) =>
      e
        .selectFrom('checks')
        .select('checks.id')
        .where((own) => own.or([own('code', '=', check), own('unique_key', '=', check)])),
    );
  }
  return query.orderBy('deliveries.id', 'desc').limit(filter.limit).execute();
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
