import type { Kysely } from 'kysely';
import { statusPages } from '../../../checks/status-pages.ts';
import type { Database } from '../../../store/schema.ts';
import { tagsOf } from '../tags.ts';
import { WHOLE_PROJECT } from './addresses.ts';

/** What a project has badges of: itself, and each of its tags in their order. */
export async function badgeTags(db: Kysely<Database>, projectId: number): Promise<string[]> {
  const tags = new Set<string>();
  for await (const page of statusPages(db, projectId)) {
    for (const check of page) for (const tag of tagsOf(check)) tags.add(tag);
  }
  return [WHOLE_PROJECT, ...[...tags].filter((tag) => tag !== WHOLE_PROJECT).sort()];
}
