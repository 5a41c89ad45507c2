/** Which reports members get by mail: a part of their membership. */
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, Flag } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { PERIODS, type Period } from './period.ts';

/** Which of the reports about a project somebody gets. */
export type Wanted = Record<Period, boolean>;

/** The columns of `members` that say so. */
export const COLUMN = {
  daily: 'report_daily',
  weekly: 'report_weekly',
  monthly: 'report_monthly',
} as const satisfies Record<Period, string>;

/** Of the projects that somebody is a member of, the oldest first; whatever they see besides is reported to others. */
export async function subscriptionsOf(
  db: Kysely<Database>,
  userId: number,
): Promise<{ project: { id: number; code: string }; wanted: Wanted }[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('projects', 'projects.id', 'members.project_id')
    .select(['projects.id', 'projects.code', 'report_daily', 'report_weekly', 'report_monthly'])
    .where('members.user_id', '=', userId)
    .orderBy('projects.id')
    .execute();
  return rows.map(({ id, code, ...row }) => ({ project: { id, code }, wanted: wantedOf(row) }));
}

/** What the columns say. */
export function wantedOf(row: Record<(typeof COLUMN)[Period], Flag>): Wanted {
  return {
    daily: row.report_daily === 1,
    weekly: row.report_weekly === 1,
    monthly: row.report_monthly === 1,
  };
}

export interface SubscribeInput {
  userId: number;
  changes: { projectId: number; wanted: Partial<Wanted> }[];
}

/** Changes which reports somebody gets. @throws AppError `not_found` for a project that they are no member of. */
export async function subscribe(tx: Tx, { userId, changes }: SubscribeInput): Promise<void> {
  for (const { projectId, wanted } of changes) {
    const given = PERIODS.filter((period) => wanted[period] !== undefined);
    const set = Object.fromEntries(given.map((period) => [COLUMN[period], wanted[period] ? 1 : 0]));
    const membership = tx.db
      .selectFrom('members')
      .select('user_id')
      .where('project_id', '=', projectId)
      .where('user_id', '=', userId);
    if ((await membership.executeTakeFirst()) === undefined) {
      throw new AppError('not_found', 'not a member of this project', { field: 'project' });
    }
    if (given.length === 0) continue;
    await tx.db
      .updateTable('members')
      .set(set)
      .where('project_id', '=', projectId)
      .where('user_id', '=', userId)
      .execute();
  }
}
