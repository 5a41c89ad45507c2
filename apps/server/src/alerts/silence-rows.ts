import type { Kysely } from 'kysely';
import type { Database, SilenceRow } from '../store/schema.ts';
import type { SilenceState } from './silences.ts';

export interface SilenceFilter {
  projectId: number;
  /** Any of these; none = all. */
  states: readonly SilenceState[];
  /** By which instant states are told, epoch ms. */
  now: number;
  /** Internal ids less than this: pages of a list. */
  before: number | null;
  limit: number;
}

/** Silences of a project, newest first. */
export async function silencesWhere(db: Kysely<Database>, filter: SilenceFilter): Promise<SilenceRow[]> {
  const { projectId, states, now, before, limit } = filter;
  let query = db.selectFrom('silences').selectAll().where('project_id', '=', projectId);
  if (before !== null) query = query.where('id', '<', before);
  if (states.length > 0) {
    query = query.where((e) =>
      e.or(
        states.map((state) => {
          if (state === 'expired') return e('ends_at', '<=', now);
          return e.and([e('ends_at', '>', now), e('starts_at', state === 'active' ? '<=' : '>', now)]);
        }),
      ),
    );
  }
  return query.orderBy('id', 'desc').limit(limit).execute();
}
