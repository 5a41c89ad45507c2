import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

/** Rows summed in one read. */
const PAGE = 5000;

/** Pings ever received by the checks there are: the sum of their counts, read page by page. */
export async function pingTotal(db: Kysely<Database>): Promise<number> {
  const { last } = await db
    .selectFrom('check_states')
    .select((e) => e.fn.max('check_id').as('last'))
    .executeTakeFirstOrThrow();
  let total = 0;
  for (let after = 0; after < (last ?? 0); after += PAGE) {
    const { sum } = await db
      .selectFrom('check_states')
      .select((e) => e.fn.sum<number | null>('n_pings').as('sum'))
      .where('check_id', '>', after)
      .where('check_id', '<=', after + PAGE)
      .executeTakeFirstOrThrow();
    total += sum ?? 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return total;
}
