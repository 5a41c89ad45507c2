import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Messages of a check are found by its alerts: also by those that nobody was told of, as every message failed. */
export function alertsOfChecks(): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      await sql`drop index alerts_told`.execute(db);
      await sql`create index alerts_of_check on alerts(check_id, notified_at)
        where check_id is not null`.execute(db);
    },
  };
}
