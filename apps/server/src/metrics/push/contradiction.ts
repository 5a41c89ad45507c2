/** Whether a push fits what else is pushed in its project: one type for a name, and every series once. */
import type { Tx } from '../../store/tx.ts';
import { collisionOf, derivedNames, possibleFamilies } from './collisions.ts';
import {
  type GroupLabels,
  groupLabelsFrom,
  groupText,
  metricsFrom,
  type PushedType,
  typeFrom,
} from './model.ts';

/** Names, or groups, that one query asks for. */
const AT_ONCE = 200;

interface Pushed {
  projectId: number;
  /** Null = it is a new one. */
  groupId: number | null;
  group: GroupLabels;
  families: readonly { name: string; type: PushedType; metrics: string }[];
  replaces: boolean;
}

/** What stands against a push; null = nothing. Other helps are no contradiction. */
export async function contradiction(tx: Tx, pushed: Pushed): Promise<string | null> {
  const pages = Array.from({ length: Math.ceil(pushed.families.length / AT_ONCE) }, (_, page) =>
    pushed.families.slice(page * AT_ONCE, (page + 1) * AT_ONCE),
  );
  for (const families of pages) {
    const said = await clash(tx, { ...pushed, families });
    if (said !== null) return said;
  }
  return repetition(tx, pushed);
}

/** A family of another type, or one whose parts have the name of another family. */
async function clash(tx: Tx, { projectId, groupId, families, replaces }: Pushed): Promise<string | null> {
  const names = families.flatMap(({ name, type }) => [
    name,
    ...derivedNames(name, type),
    ...possibleFamilies(name),
  ]);
  const own = families.map(({ name }) => name);
  const types = await tx.db
    .selectFrom('push_families')
    .select(['name', 'type'])
    .distinct()
    .where('project_id', '=', projectId)
    .where('name', 'in', [...new Set(names)])
    .$if(groupId !== null && replaces, (query) => query.where('group_id', '!=', groupId))
    .$if(groupId !== null && !replaces, (query) =>
      query.where((e) => e.or([e('group_id', '!=', groupId), e('name', 'not in', own)])),
    )
    .execute();
  for (const family of families)
    for (const { name, type } of types) {
      const said = collisionOf(family, { name, type: typeFrom(type) }, 'in what was pushed before');
      if (said !== null) return said;
    }
  return null;
}

/** A series that another group has: of a group of the same job whose labels do not tell the two apart. */
async function repetition(tx: Tx, { projectId, groupId, group, families }: Pushed): Promise<string | null> {
  const job = group.find(([name]) => name === 'job')?.[1] ?? '';
  const groups = await tx.db
    .selectFrom('push_groups')
    .select(['id', 'labels'])
    .where('project_id', '=', projectId)
    .where('job', '=', job)
    .$if(groupId !== null, (query) => query.where('id', '!=', groupId))
    .execute();
  const alike = groups
    .map(({ id, labels }) => ({ id, labels: groupLabelsFrom(labels) }))
    .filter(({ labels }) => canOverlap(labels, group));
  if (alike.length === 0) return null;
  const byName = new Map(families.map(({ name, metrics }) => [name, metrics]));
  for (const other of alike) {
    const rows = await tx.db
      .selectFrom('push_families')
      .select(['name', 'metrics'])
      .where('group_id', '=', other.id)
      .execute();
    for (const { name, metrics } of rows) {
      const own = byName.get(name);
      const twice = own === undefined ? null : shared(own, metrics);
      if (twice !== null)
        return `metric "${name}" with the labels ${twice} is there in the group ${groupText(other.labels)}`;
    }
  }
  return null;
}

/** Whether no label says that their series differ. */
function canOverlap(one: GroupLabels, other: GroupLabels): boolean {
  const values = new Map(one);
  return other.every(([name, value]) => !values.has(name) || values.get(name) === value);
}

function shared(own: string, other: string): string | null {
  const keys = new Set(metricsFrom(own).map(([labels]) => JSON.stringify(labels)));
  const twice = metricsFrom(other).find(([labels]) => keys.has(JSON.stringify(labels)));
  return twice === undefined ? null : JSON.stringify(twice[0]);
}
