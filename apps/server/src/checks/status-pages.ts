import type { Kysely } from 'kysely';
import { LEAN_COLUMNS, type LeanCheck } from '../store/lean-check.ts';
import type { CheckRow, Database } from '../store/schema.ts';

/** What tells a check's status, and the names it goes by. */
export type NamedCheck = LeanCheck & Pick<CheckRow, 'name' | 'tags' | 'unique_key'>;

/** Checks of one read: some 4 ms. */
const PAGE = 250;

/** All checks of a project by id, page by page: for sums over any number of them. */
export async function* statusPages(db: Kysely<Database>, projectId: number): AsyncGenerator<NamedCheck[]> {
  let after = 0;
  for (;;) {
    const page = await named(db)
      .where('checks.project_id', '=', projectId)
      .where('checks.id', '>', after)
      .orderBy('checks.id')
      .limit(PAGE)
      .execute();
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.check_id ?? after;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The check that a badge is about; undefined = none. */
export async function checkByBadgeKey(
  db: Kysely<Database>,
  badgeKey: string,
): Promise<NamedCheck | undefined> {
  return named(db).where('checks.badge_key', '=', badgeKey).executeTakeFirst();
}

function named(db: Kysely<Database>) {
  return db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .select(LEAN_COLUMNS)
    .select(['checks.name', 'checks.tags', 'checks.unique_key'])
    .selectAll('check_states');
}
