/** Takes a push: the one write of pushed metrics that says no. */
import { AppError } from '../../errors.ts';
import type { PushGroupRow } from '../../store/schema.ts';
import type { Tx } from '../../store/tx.ts';
import { contradiction } from './contradiction.ts';
import { groupHash } from './group-hash.ts';
import { MOST_GROUPS, MOST_PROJECT_SERIES, MOST_SERIES } from './limits.ts';
import type { GroupLabels, PushedType } from './model.ts';
import { removeExpired } from './remove.ts';

/** A family on its way to the writer. */
export interface FamilyInput {
  name: string;
  type: PushedType;
  help: string | null;
  /** JSON of its metrics. */
  metrics: string;
  series: number;
}

export interface PushInput {
  projectId: number;
  group: GroupLabels;
  families: readonly FamilyInput[];
  /** Whether the group has these families alone afterwards, or those of other names too. */
  replaces: boolean;
  /** Milliseconds that the group is kept without another push; null = for good. */
  ttl: number | null;
  /** Why the push is refused by what it says itself; null = it is not. */
  refusal: string | null;
}

/**
 * Takes a push or notes that it was refused, which makes the group if need be.
 * @returns why it was refused; null = it was taken.
 * @throws AppError `invalid` when a bound is reached, `not_found` when the project is gone: nothing is changed then.
 */
export async function receivePush(tx: Tx, input: PushInput): Promise<string | null> {
  await lockProject(tx, input.projectId);
  while (await removeExpired(tx, input.projectId));
  const before = await groupOf(tx, input);
  const refusal = input.refusal ?? (await contradiction(tx, { ...input, groupId: before?.id ?? null }));
  const series =
    refusal === null ? pushedSeries(input) + (await keptSeries(tx, before, input)) : (before?.series ?? 0);
  await requireRoom(tx, before, input.projectId, series);
  const id = before?.id ?? (await makeGroup(tx, input));
  if (refusal === null) await take(tx, id, input, series);
  else
    await tx.db.updateTable('push_groups').set({ failed_at: tx.at, well: 0 }).where('id', '=', id).execute();
  return refusal;
}

/** Two nodes could else take what contradicts one another. */
async function lockProject(tx: Tx, projectId: number): Promise<void> {
  const row = await tx.db
    .selectFrom('projects')
    .select('id')
    .where('id', '=', projectId)
    .$if(tx.engine === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such project');
}

function groupOf(tx: Tx, { projectId, group }: PushInput): Promise<PushGroupRow | undefined> {
  return tx.db
    .selectFrom('push_groups')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('hash', '=', groupHash(group))
    .executeTakeFirst();
}

/** `series`: what the group will have. @throws AppError `invalid` */
async function requireRoom(
  tx: Tx,
  before: PushGroupRow | undefined,
  projectId: number,
  series: number,
): Promise<void> {
  const all = await tx.db
    .selectFrom('push_groups')
    .select((e) => [e.fn.countAll().as('groups'), e.fn.sum('series').as('series')])
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  if (before === undefined && Number(all.groups) >= MOST_GROUPS)
    throw new AppError('invalid', `the project has ${MOST_GROUPS} groups already: delete some first`);
  if (series > MOST_SERIES) throw new AppError('invalid', `more than ${MOST_SERIES} series in one group`);
  if (Number(all.series ?? 0) - (before?.series ?? 0) + series > MOST_PROJECT_SERIES)
    throw new AppError('invalid', `more than ${MOST_PROJECT_SERIES} pushed series in the project`);
}

function pushedSeries({ families }: PushInput): number {
  return families.reduce((sum, { series }) => sum + series, 0);
}

/** Series of the group that the push leaves as they are. */
async function keptSeries(
  tx: Tx,
  before: PushGroupRow | undefined,
  { replaces, families }: PushInput,
): Promise<number> {
  if (before === undefined || replaces) return 0;
  const names = families.map(({ name }) => name);
  const row = await tx.db
    .selectFrom('push_families')
    .select((e) => e.fn.sum('series').as('series'))
    .where('group_id', '=', before.id)
    .$if(names.length > 0, (query) => query.where('name', 'not in', names))
    .executeTakeFirst();
  return Number(row?.series ?? 0);
}

async function makeGroup(tx: Tx, { projectId, group }: PushInput): Promise<number> {
  const { id } = await tx.db
    .insertInto('push_groups')
    .values({
      project_id: projectId,
      hash: groupHash(group),
      job: group.find(([name]) => name === 'job')?.[1] ?? '',
      labels: JSON.stringify(group),
      pushed_at: 0,
      failed_at: 0,
      well: 0,
      expires_at: null,
      series: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function take(tx: Tx, id: number, input: PushInput, series: number): Promise<void> {
  const { projectId, families, replaces, ttl } = input;
  const names = families.map(({ name }) => name);
  if (replaces || names.length > 0) {
    await tx.db
      .deleteFrom('push_families')
      .where('group_id', '=', id)
      .$if(!replaces, (query) => query.where('name', 'in', names))
      .execute();
  }
  const columns = ['group_id', 'name', 'project_id', 'type', 'help', 'metrics', 'series', 'pushed_at'];
  const rows = families.map(({ name, type, help, metrics, series: n }) => [
    id,
    name,
    projectId,
    type,
    help,
    metrics,
    n,
    tx.at,
  ]);
  if (rows.length > 0) await tx.bulk.insert('push_families', columns, rows);
  await tx.db
    .updateTable('push_groups')
    .set({ pushed_at: tx.at, well: 1, series, expires_at: ttl === null ? null : tx.at + ttl })
    .where('id', '=', id)
    .execute();
}
