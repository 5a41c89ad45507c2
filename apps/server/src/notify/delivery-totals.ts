import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

export interface DeliveryTotals {
  /** The highest number of a delivery; null = there was none. */
  lastId: number | null;
  /** Flips of which some message has still to go out. */
  waitingFlips: number;
}

export async function deliveryTotals(db: Kysely<Database>): Promise<DeliveryTotals> {
  const { last } = await db
    .selectFrom('deliveries')
    .select((e) => e.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  const { flips } = await db
    .selectFrom('deliveries')
    .select((e) => e.fn.count<number>('flip_id').distinct().as('flips'))
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow();
  return { lastId: last, waitingFlips: flips };
}
