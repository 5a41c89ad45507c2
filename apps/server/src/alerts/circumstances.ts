/** Gathering what may hold back a batch of alerts: a few statements, whatever the number of alerts. */
import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';
import { type Flapping, flappingHolds } from './flapping.ts';
import type { AwaitedCheck, Circumstances, Held } from './holds.ts';
import { testOf } from './matchers.ts';
import { openWindows } from './open-windows.ts';

/** What of the checks holds their alerts back; the checks' own business, handed in. */
export interface CheckCircumstances {
  /** What each of the checks depends on and is down, or late and soon to be judged. */
  parents(tx: Tx, checkIds: readonly number[]): Promise<Circumstances['dependencies']>;
  /** Those of the checks that go down too often to be told each time. */
  flapping(tx: Tx, checkIds: readonly number[]): Promise<Flapping>;
  /** Nobody is told of the outages of these checks: has a look taken at once at what waits for them. */
  onUntold(tx: Tx, checkIds: readonly number[]): Promise<void>;
}

/** What holds these alerts back at `tx.at`. */
export async function circumstancesOf(
  tx: Tx,
  alerts: readonly Held[],
  checks: CheckCircumstances,
): Promise<Circumstances> {
  const projectIds = [...new Set(alerts.map((alert) => alert.project_id))];
  const checkIds = [...new Set(alerts.flatMap(({ check_id }) => (check_id === null ? [] : [check_id])))];
  return {
    at: tx.at,
    silences: await activeSilences(tx, projectIds),
    windows: await openWindows(tx.db, projectIds, tx.at),
    dependencies:
      checkIds.length === 0 ? new Map() : await withoutUntold(tx, await checks.parents(tx, checkIds)),
    flapping:
      checkIds.length === 0 ? new Map() : await flappingHolds(tx, await checks.flapping(tx, checkIds)),
  };
}

/**
 * What is awaited without those that are down and of which nobody is told, though nothing holds their messages back:
 * were anything to wait for them, nobody would be told of anything.
 */
async function withoutUntold(
  tx: Tx,
  dependencies: Circumstances['dependencies'],
): Promise<Circumstances['dependencies']> {
  const down = [...dependencies.values()].flat().filter(({ isLate }) => !isLate);
  if (down.length === 0) return dependencies;
  const rows = await tx.db
    .selectFrom('alerts')
    .select('check_id')
    .where('check_id', 'in', [...new Set(down.map(({ id }) => id))])
    .where('state', '=', sql.lit('firing'))
    .where('flip_id', 'is not', null)
    .where('held', '=', '')
    .where('notified_at', 'is', null)
    .execute();
  if (rows.length === 0) return dependencies;
  const untold = new Set(rows.map((row) => row.check_id));
  const counts = ({ id, isLate }: AwaitedCheck): boolean => isLate || !untold.has(id);
  return new Map([...dependencies].map(([id, awaited]) => [id, awaited.filter(counts)]));
}

async function activeSilences(tx: Tx, projectIds: number[]): Promise<Circumstances['silences']> {
  if (projectIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('silences')
    .select(['project_id', 'code', 'comment', 'ends_at', 'matchers'])
    .where('project_id', 'in', projectIds)
    .where('ends_at', '>', tx.at)
    .where('starts_at', '<=', tx.at)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    projectId: row.project_id,
    code: row.code,
    comment: row.comment,
    endsAt: row.ends_at,
    test: testOf(row.matchers),
  }));
}
