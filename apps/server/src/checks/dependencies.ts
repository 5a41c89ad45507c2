/** What checks depend on: a dependent's message waits while what it depends on is down. */
import { AppError } from '../errors.ts';
import type { CheckRow, CheckStateRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { isDamped } from './outcomes.ts';
import { alertAfter, statusAt } from './status.ts';

/** Milliseconds after which a look is taken again at what waits for a check that is down: its recovery comes first. */
const LOOK_AGAIN = 3_600_000;
/** The same where its flip is still to come: a report may forestall it, and nothing frees what waits then. */
const LOOK_SOON = 5_000;
/** Milliseconds that a dependent gets to recover after what it depends on has. */
const LONGEST_SETTLING = 300_000;
const SHORTEST_SETTLING = 10_000;
/** Checks that one check may depend on. */
export const MOST_DEPENDENCIES = 20;

/** Steps from a check to what it depends on through others; what is farther away holds nothing back. */
const MOST_STEPS = 10;
/** What holds one check back is told with so many names at most. */
const MOST_NAMED = 20;

export interface Parent {
  id: number;
  code: string;
  name: string;
  /** When to look again, epoch ms; of one that is late, when it will be down or have reported. */
  until: number;
  /** It is no more than late. */
  isLate: boolean;
}

/**
 * For each of the checks, what it depends on, directly or through others, that is down, or late and soon to be
 * judged.
 */
export async function parentsOf(tx: Tx, checkIds: readonly number[]): Promise<Map<number, Parent[]>> {
  const links = await linksFrom(tx, checkIds);
  const troubled = await troubledOf(tx, [...new Set([...links.values()].flat())]);
  if (troubled.size === 0) return new Map();
  const found = checkIds.map((id) => {
    const own = [...reachable(links, id)].flatMap((parent) => troubled.get(parent) ?? []);
    return [id, own.slice(0, MOST_NAMED)] as const;
  });
  return new Map(found.filter(([, own]) => own.length > 0));
}

/** What each check depends on directly, for these checks and for those in turn. */
async function linksFrom(tx: Tx, checkIds: readonly number[]): Promise<Map<number, number[]>> {
  const links = new Map<number, number[]>();
  let front = [...checkIds];
  for (let step = 0; front.length > 0 && step < MOST_STEPS; step++) {
    const found = await dependenciesOf(tx, front);
    for (const [id, parents] of found) links.set(id, parents);
    front = [...new Set([...found.values()].flat())].filter((id) => !links.has(id));
  }
  return links;
}

/** All that `from` depends on by these links, the nearest first. */
function reachable(links: ReadonlyMap<number, number[]>, from: number): Set<number> {
  const seen = new Set<number>();
  for (let front = links.get(from) ?? []; front.length > 0; ) {
    for (const id of front) seen.add(id);
    front = front.flatMap((id) => links.get(id) ?? []).filter((id) => !seen.has(id));
  }
  return seen;
}

/** Those of the checks that are down or late, by their ids. */
async function troubledOf(tx: Tx, checkIds: readonly number[]): Promise<Map<number, Parent>> {
  if (checkIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .selectAll(['checks', 'check_states'])
    .where('checks.id', 'in', checkIds)
    .execute();
  const troubled = new Map<number, Parent>();
  for (const row of rows) {
    const trouble = troubleOf(row, tx.at);
    if (trouble === null) continue;
    const name = row.name || row.slug || 'unnamed';
    troubled.set(row.id, { id: row.id, code: row.code, name, ...trouble });
  }
  return troubled;
}

function troubleOf(parent: CheckRow & CheckStateRow, now: number): Pick<Parent, 'until' | 'isLate'> | null {
  const status = statusAt(parent, now);
  // Nobody is told of it: should those that depend on it wait, nobody would be told of anything.
  if (isDamped(parent)) return null;
  if (status === 'down') {
    return { until: now + (parent.status === 'down' ? LOOK_AGAIN : LOOK_SOON), isLate: false };
  }
  if (status !== 'grace') return null;
  return { until: (alertAfter(parent) ?? now) + 1000, isLate: true };
}

/** What each of the checks depends on directly, whatever its state. */
export async function dependenciesOf(tx: Tx, checkIds: readonly number[]): Promise<Map<number, number[]>> {
  const rows = await tx.db
    .selectFrom('check_dependencies')
    .selectAll()
    .where('check_id', 'in', checkIds)
    .execute();
  const groups = Map.groupBy(rows, (row) => row.check_id);
  return new Map([...groups].map(([id, own]) => [id, own.map((row) => row.depends_on_id)]));
}

/**
 * The checks that depend on any of these, directly or through others, and when each should be well again if it
 * is, epoch ms.
 */
export async function dependentsOf(
  tx: Tx,
  checkIds: readonly number[],
): Promise<{ checkId: number; settledAt: number }[]> {
  const graces = new Map<number, number>();
  let front = [...checkIds];
  for (let step = 0; front.length > 0 && step < MOST_STEPS; step++) {
    const rows = await tx.db
      .selectFrom('check_dependencies as d')
      .innerJoin('checks as c', 'c.id', 'd.check_id')
      .select(['d.check_id', 'c.grace'])
      .where('d.depends_on_id', 'in', front)
      .execute();
    const found = rows.filter((row) => !graces.has(row.check_id));
    for (const row of found) graces.set(row.check_id, row.grace);
    front = [...new Set(found.map((row) => row.check_id))];
  }
  return [...graces].map(([checkId, grace]) => ({
    checkId,
    settledAt: tx.at + Math.min(LONGEST_SETTLING, Math.max(SHORTEST_SETTLING, grace * 1000)),
  }));
}

/**
 * Says what a check depends on, in place of what it said before. Groups of writes come one after another, on all
 * nodes: no two of them close a circle, each with half of it.
 * @throws AppError `invalid` when one is unknown, of another project, the check itself, or would close a circle.
 */
export async function setDependencies(
  tx: Tx,
  check: { id: number; projectId: number },
  codes: readonly string[],
): Promise<void> {
  const wanted = [...new Set(codes)];
  if (wanted.length > MOST_DEPENDENCIES) {
    throw refused(`is too large: a check depends on ${MOST_DEPENDENCIES} others at most`);
  }
  const rows =
    wanted.length === 0
      ? []
      : await tx.db
          .selectFrom('checks')
          .select(['id', 'code', 'name'])
          .where('project_id', '=', check.projectId)
          .where('code', 'in', wanted)
          .execute();
  const missing = wanted.find((code) => !rows.some((row) => row.code === code));
  if (missing !== undefined) throw refused(`holds ${missing}, which is no check of the project`);
  for (const { id, code, name } of rows) {
    if (id === check.id) throw refused('holds the check itself');
    if (await reaches(tx, id, check.id)) {
      throw refused(
        `would close a circle: ${name || code} depends on this check, directly or through others`,
      );
    }
  }
  await tx.db.deleteFrom('check_dependencies').where('check_id', '=', check.id).execute();
  const links = rows.map(({ id }) => ({ check_id: check.id, depends_on_id: id }));
  if (links.length > 0) await tx.db.insertInto('check_dependencies').values(links).execute();
}

/** Lets a check depend on another, as it did once, unless one of them is gone or it would close a circle by now. */
export async function linkUnlessCircular(tx: Tx, checkId: number, dependsOnId: number): Promise<void> {
  const both = await tx.db
    .selectFrom('checks')
    .select('id')
    .where('id', 'in', [checkId, dependsOnId])
    .execute();
  if (both.length < 2 || (await reaches(tx, dependsOnId, checkId))) return;
  await tx.db
    .insertInto('check_dependencies')
    .values({ check_id: checkId, depends_on_id: dependsOnId })
    .execute();
}

function refused(message: string): AppError {
  return new AppError('invalid', `depends_on ${message}`, { field: 'depends_on' });
}

/** Whether `from` is `to`, or depends on it through any number of others. */
async function reaches(tx: Tx, from: number, to: number): Promise<boolean> {
  const seen = new Set([from]);
  for (let front = [from]; front.length > 0; ) {
    if (front.includes(to)) return true;
    const rows = await tx.db
      .selectFrom('check_dependencies')
      .select('depends_on_id')
      .where('check_id', 'in', front)
      .execute();
    front = [...new Set(rows.map((row) => row.depends_on_id))].filter((id) => !seen.has(id));
    for (const id of front) seen.add(id);
  }
  return false;
}
