/** What checks depend on: a dependent's message waits while what it depends on is down. */
import { AppError } from '../errors.ts';
import type { Tx } from '../store/tx.ts';

/** Milliseconds after which a look is taken again at what waits for a check that is down. */
const LOOK_AGAIN = 300_000;
/** Milliseconds at most that a message waits for the verdict on a check that is only late. */
const LONGEST_VERDICT = 300_000;
/** Milliseconds that a dependent gets to recover after what it depends on has. */
const LONGEST_SETTLING = 300_000;
const SHORTEST_SETTLING = 10_000;
/** Checks that one check may depend on. */
export const MOST_DEPENDENCIES = 20;

export interface Parent {
  code: string;
  name: string;
  until: number;
}

/** For each of the checks, what it depends on that is down, or late and soon to be judged. */
export async function parentsOf(tx: Tx, checkIds: readonly number[]): Promise<Map<number, Parent[]>> {
  const rows = await tx.db
    .selectFrom('check_dependencies as d')
    .innerJoin('checks as c', 'c.id', 'd.depends_on_id')
    .innerJoin('check_states as s', 's.check_id', 'd.depends_on_id')
    .select(['d.check_id', 'c.code', 'c.name', 'c.slug', 'c.grace', 's.status', 's.alert_after'])
    .where('d.check_id', 'in', checkIds)
    .orderBy('c.id')
    .execute();
  const parents = new Map<number, Parent[]>();
  for (const row of rows) {
    const until = heldUntil(row, tx.at);
    if (until === null) continue;
    const own = parents.get(row.check_id) ?? [];
    parents.set(row.check_id, [...own, { code: row.code, name: row.name || row.slug || row.code, until }]);
  }
  return parents;
}

function heldUntil(
  parent: { status: string; alert_after: number | null; grace: number },
  now: number,
): number | null {
  if (parent.status === 'down') return now + LOOK_AGAIN;
  const { alert_after: deadline } = parent;
  if (deadline === null || now < deadline - parent.grace * 1000) return null;
  // Late: it will be down, or have reported, when its grace is over.
  return Math.min(Math.max(deadline, now) + 1000, now + LONGEST_VERDICT);
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

/** The checks that depend on any of these, and when each should be well again if it is, epoch ms. */
export async function dependentsOf(
  tx: Tx,
  checkIds: readonly number[],
): Promise<{ checkId: number; settledAt: number }[]> {
  if (checkIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('check_dependencies as d')
    .innerJoin('checks as c', 'c.id', 'd.check_id')
    .select(['d.check_id', 'c.grace'])
    .where('d.depends_on_id', 'in', checkIds)
    .execute();
  return rows.map(({ check_id: checkId, grace }) => ({
    checkId,
    settledAt: tx.at + Math.min(LONGEST_SETTLING, Math.max(SHORTEST_SETTLING, grace * 1000)),
  }));
}

/**
 * Says what a check depends on, in place of what it said before.
 * @throws AppError `invalid` when one is unknown, of another project, the check itself, or would close a circle.
 */
export async function setDependencies(
  tx: Tx,
  check: { id: number; projectId: number },
  codes: readonly string[],
): Promise<void> {
  const wanted = [...new Set(codes)];
  if (wanted.length > MOST_DEPENDENCIES) {
    throw refused(`a check depends on ${MOST_DEPENDENCIES} others at most`);
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
  if (missing !== undefined) throw refused(`no such check: ${missing}`);
  for (const { id, code, name } of rows) {
    if (await reaches(tx, id, check.id)) {
      throw refused(`${name || code} depends on this check, directly or through others`);
    }
  }
  await tx.db.deleteFrom('check_dependencies').where('check_id', '=', check.id).execute();
  const links = rows.map(({ id }) => ({ check_id: check.id, depends_on_id: id }));
  if (links.length > 0) await tx.db.insertInto('check_dependencies').values(links).execute();
}

function refused(message: string): AppError {
  return new AppError('invalid', message, { field: 'depends_on' });
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
