/** Maintenance windows at an instant: which are open, and what they cover. */
import { next, previous, type Schedule } from '@vigie/schedule';
import type { Kysely } from 'kysely';
import type { Database, MaintenanceWindowRow } from '../store/schema.ts';
import type { Circumstances } from './holds.ts';
import type { Labels } from './model.ts';

export type WindowTimes = Pick<
  MaintenanceWindowRow,
  'schedule' | 'time_zone' | 'duration' | 'starts_at' | 'ends_at'
>;

/**
 * When the window that is open at `now` closes, epoch ms; null = none is open. Openings may overlap: the last to
 * have begun closes last, so it alone is looked at, however many there are.
 */
export function openUntil(window: WindowTimes, now: number): number | null {
  const { starts_at: from, ends_at: to } = window;
  if ((from !== null && now < from) || (to !== null && now >= to)) return null;
  if (window.schedule === '') return to;
  const start = previous(scheduleOf(window), now + 1);
  if (start === null || (from !== null && start < from)) return null;
  const end = start + window.duration * 1000;
  if (end <= now) return null;
  return to === null ? end : Math.min(end, to);
}

/** When a window opens next after `now`; null = it never does again. */
export function opensNext(window: WindowTimes, now: number): number | null {
  const { starts_at: from, ends_at: to } = window;
  const isAhead = from !== null && from > now;
  // It may open at its first instant itself.
  const start =
    window.schedule === '' ? (isAhead ? from : null) : next(scheduleOf(window), isAhead ? from - 1 : now);
  return start !== null && to !== null && start >= to ? null : start;
}

function scheduleOf({ schedule, time_zone: timeZone }: WindowTimes): Schedule {
  return { kind: 'cron', expression: schedule, timeZone };
}

/** The windows of these projects that are open at `now`. */
export async function openWindows(
  db: Kysely<Database>,
  projectIds: readonly number[],
  now: number,
): Promise<Circumstances['windows']> {
  if (projectIds.length === 0) return [];
  const rows = await db
    .selectFrom('maintenance_windows')
    .selectAll()
    .where('project_id', 'in', projectIds)
    .where('disabled', '=', 0)
    .where((e) => e.or([e('ends_at', 'is', null), e('ends_at', '>', now)]))
    .execute();
  return rows.flatMap((row) => {
    const endsAt = openUntil(row, now);
    if (endsAt === null) return [];
    return [{ projectId: row.project_id, code: row.code, name: row.name, endsAt, test: coverageOf(row) }];
  });
}

/** Which alerts a window covers: those of any of its tags and any of its environments. */
export function coverageOf(
  window: Pick<MaintenanceWindowRow, 'tags' | 'environments'>,
): (labels: Labels) => boolean {
  const tags = JSON.parse(window.tags) as string[];
  const environments = JSON.parse(window.environments) as string[];
  return (labels) =>
    (environments.length === 0 || environments.includes(labels['environment'] ?? '')) &&
    (tags.length === 0 || hasAny(tagsIn(labels), tags));
}

function hasAny(own: ReadonlySet<string>, tags: readonly string[]): boolean {
  return tags.some((tag) => own.has(tag));
}

/** Read once for each alert, however many windows look at it. */
const tagsOfLabels = new WeakMap<Labels, ReadonlySet<string>>();

function tagsIn(labels: Labels): ReadonlySet<string> {
  const known = tagsOfLabels.get(labels);
  if (known !== undefined) return known;
  const tags = new Set((labels['tags'] ?? '').split(' '));
  tagsOfLabels.set(labels, tags);
  return tags;
}
