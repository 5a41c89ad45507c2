/** The checks of a project with the labels that their alerts would have. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { labelsOf } from './check-alerts.ts';
import { allChecks } from './queries.ts';

/** Page by page, so that a long list never holds the event loop. */
export async function* labelledChecks(db: Kysely<Database>, projectId: number) {
  const owner = await db.selectFrom('projects').select('name').where('id', '=', projectId).executeTakeFirst();
  for await (const page of allChecks(db, { projectId })) {
    yield page.map((check) => ({
      id: check.check_id,
      code: check.code,
      unique_key: check.unique_key,
      name: check.name || check.slug,
      labels: labelsOf({ ...check, id: check.check_id, project: owner?.name ?? '' }, 'CheckDown'),
    }));
  }
}
