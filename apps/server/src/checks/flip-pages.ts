import type { Kysely } from 'kysely';
import type { Database, FlipRow } from '../store/schema.ts';

/** Rows of one read; a flapping check has hundreds of thousands. */
const PAGE = 1000;

/** Flips of a check, newest first, created in [from, until), page by page. Times are epoch milliseconds. */
export async function* flipPages(
  db: Kysely<Database>,
  checkId: number,
  range: { from?: number; until?: number },
): AsyncGenerator<FlipRow[]> {
  let last: FlipRow | undefined;
  for (;;) {
    const page = await pageAfter(db, checkId, range, last);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    last = page.at(-1);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The page that follows `last`. Flips of one instant have no order of their own; their ids give them one. */
async function pageAfter(
  db: Kysely<Database>,
  checkId: number,
  range: { from?: number; until?: number },
  last: FlipRow | undefined,
): Promise<FlipRow[]> {
  let query = db.selectFrom('flips').selectAll().where('check_id', '=', checkId);
  if (range.from !== undefined) query = query.where('created_at', '>=', range.from);
  if (range.until !== undefined) query = query.where('created_at', '<', range.until);
  if (last !== undefined) {
    query = query
      .where('created_at', '<=', last.created_at)
      .where((e) => e.or([e('created_at', '<', last.created_at), e('id', '<', last.id)]));
  }
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(PAGE).execute();
}
