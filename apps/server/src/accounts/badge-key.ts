import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

/** The project whose badges carry this key; null = none. */
export async function projectByBadgeKey(db: Kysely<Database>, badgeKey: string): Promise<number | null> {
  const row = await db
    .selectFrom('projects')
    .select('id')
    .where('badge_key', '=', badgeKey)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** What the addresses of a project's badges are made with. */
export async function badgeKeyOf(db: Kysely<Database>, projectId: number): Promise<string> {
  const row = await db
    .selectFrom('projects')
    .select('badge_key')
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  return row.badge_key;
}
