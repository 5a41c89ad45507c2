/** Reading pushed metrics. What is past its time is not there. */
import type { Kysely } from 'kysely';
import type { Database } from '../../store/schema.ts';
import { type GroupLabels, groupLabelsFrom, metricsFrom, type PushedFamily, typeFrom } from './model.ts';

/** Families that one query reads. */
const PAGE = 100;

/** A group without its families. Times are epoch milliseconds; 0 = never. */
export interface StoredGroup {
  id: number;
  labels: GroupLabels;
  pushedAt: number;
  failedAt: number;
  isWell: boolean;
}

/** A family as one group has it. */
export interface StoredFamily extends PushedFamily {
  groupId: number;
  pushedAt: number;
}

/** The groups of a project at `now`, in the order in which they were made. */
export async function groupsOf(db: Kysely<Database>, projectId: number, now: number): Promise<StoredGroup[]> {
  const rows = await db
    .selectFrom('push_groups')
    .selectAll()
    .where('project_id', '=', projectId)
    .where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', now)]))
    .orderBy('id')
    .execute();
  return rows.map(({ id, labels, pushed_at, failed_at, well }) => ({
    id,
    labels: groupLabelsFrom(labels),
    pushedAt: pushed_at,
    failedAt: failed_at,
    isWell: well === 1,
  }));
}

/** The families of a group, in the order of their names. */
export async function familiesOf(db: Kysely<Database>, groupId: number): Promise<StoredFamily[]> {
  const rows = await db.selectFrom('push_families').selectAll().where('group_id', '=', groupId).execute();
  return rows.map(familyFrom).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The families of some names in a project, those of one name together, in the order of the names. */
export async function* familiesByName(
  db: Kysely<Database>,
  projectId: number,
): AsyncGenerator<[name: string, families: StoredFamily[]]> {
  const names = await db
    .selectFrom('push_families')
    .select('name')
    .distinct()
    .where('project_id', '=', projectId)
    .execute();
  const sorted = names.map(({ name }) => name).sort();
  for (let at = 0; at < sorted.length; at += PAGE) {
    const rows = await familiesNamed(db, projectId, sorted.slice(at, at + PAGE));
    const byName = Map.groupBy(rows, ({ name }) => name);
    for (const name of sorted.slice(at, at + PAGE)) yield [name, byName.get(name) ?? []];
  }
}

/** The families of these names in a project, those past their time included. */
export async function familiesNamed(
  db: Kysely<Database>,
  projectId: number,
  names: readonly string[],
): Promise<StoredFamily[]> {
  const rows = await db
    .selectFrom('push_families')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('name', 'in', names)
    .orderBy('group_id')
    .execute();
  return rows.map(familyFrom);
}

interface FamilyColumns {
  group_id: number;
  name: string;
  type: string;
  help: string | null;
  metrics: string;
  pushed_at: number;
}

function familyFrom({ group_id, name, type, help, metrics, pushed_at }: FamilyColumns): StoredFamily {
  return {
    groupId: group_id,
    name,
    type: typeFrom(type),
    help,
    metrics: metricsFrom(metrics),
    pushedAt: pushed_at,
  };
}
