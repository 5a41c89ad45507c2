import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** `down_since` used to move on with the hourly sums; it tells when an outage began, as its flip does. */
export function sinceWhen(): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      await sql`update check_states set down_since = coalesce(
          (select max(f.created_at) from flips f
            where f.check_id = check_states.check_id and f.new_status = 'down'),
          down_since)
        where down_since is not null`.execute(db);
    },
  };
}
