/** From what checks announce to alerts, and to what is none because a policy says so. */
import type { Tx } from '../store/tx.ts';
import { alertsOfBreaches } from './breach-alerts.ts';
import { alertsOfFlips, type CheckAlert, type ToldFlip } from './check-alerts.ts';
import type { Announced, AnnouncedOutcome } from './model.ts';

/** The alerts that these raise or end. */
export async function alertsOf(tx: Tx, announced: readonly Announced[]): Promise<CheckAlert[]> {
  const late = await outagesOf(
    tx,
    announced.filter((one) => one.what === 'outcome' && one.damped === null),
  );
  const flips = announced.flatMap((one): ToldFlip[] => {
    if (one.what === 'breach' || one.damped !== null) return [];
    if (one.what === 'flip') return [one];
    return [{ flip: late.get(one.check.check_id) ?? unknownOutage(one), check: one.check }];
  });
  const breaches = announced.filter((one) => one.what === 'breach');
  return [...(await alertsOfFlips(tx, flips)), ...(await alertsOfBreaches(tx, breaches))];
}

/** What a policy kept from being an alert, for the ledger. */
export function dampedOf(announced: readonly Announced[]) {
  return announced.flatMap((one) => {
    if (one.what === 'breach' || one.damped === null) return [];
    return [{ projectId: one.check.project_id, check: one.check.code, reason: one.damped }];
  });
}

/** The flips by which these checks went down, by the check's id. */
async function outagesOf(tx: Tx, outcomes: readonly Announced[]): Promise<Map<number, ToldFlip['flip']>> {
  if (outcomes.length === 0) return new Map();
  const checkIds = outcomes.map(({ check }) => check.check_id);
  const rows = await tx.db
    .selectFrom('flips as f')
    .innerJoin(
      (e) =>
        e
          .selectFrom('flips')
          .select('check_id')
          .select((m) => m.fn.max('created_at').as('at'))
          .where('check_id', 'in', checkIds)
          .where('new_status', '=', 'down')
          .groupBy('check_id')
          .as('latest'),
      (join) => join.onRef('latest.check_id', '=', 'f.check_id').onRef('latest.at', '=', 'f.created_at'),
    )
    .select(['f.id', 'f.check_id', 'f.created_at', 'f.new_status', 'f.reason'])
    .where('f.new_status', '=', 'down')
    .execute();
  return new Map(rows.map((row) => [row.check_id, row]));
}

/** The outage is older than what is kept of flips. */
function unknownOutage({ at, check }: AnnouncedOutcome): ToldFlip['flip'] {
  return { id: null, created_at: check.down_since ?? at, new_status: 'down', reason: '' };
}
