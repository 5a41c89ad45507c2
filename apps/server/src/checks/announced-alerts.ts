/** From what checks announce to alerts, and to what is none because a policy says so. */
import type { Tx } from '../store/tx.ts';
import { alertsOfBreaches } from './breach-alerts.ts';
import { alertsOfFlips, type CheckAlert, type ToldFlip } from './check-alerts.ts';
import type { Announced, AnnouncedOutcome } from './model.ts';

/** The alerts that these raise or end. */
export async function alertsOf(tx: Tx, announced: readonly Announced[]): Promise<CheckAlert[]> {
  const outages = await earlierOutages(tx, announced);
  const flips = announced.flatMap((one): ToldFlip[] => {
    if (one.what === 'breach') return [];
    if (one.what === 'flip') {
      // What comes after it tells of this outage, and what came before it does not.
      if (one.flip.new_status === 'down') outages.set(one.check.check_id, one.flip);
      return one.damped === null ? [one] : [];
    }
    if (one.damped !== null) return [];
    return [{ flip: outages.get(one.check.check_id) ?? unknownOutage(one), check: one.check }];
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

/**
 * The flips by which checks with an outcome that is an alert were down before any of these came, by the check's
 * id. Each outage is told once: one of which there is an alert is not meant.
 */
async function earlierOutages(
  tx: Tx,
  announced: readonly Announced[],
): Promise<Map<number, ToldFlip['flip']>> {
  const outcomes = announced.filter((one) => one.what === 'outcome' && one.damped === null);
  if (outcomes.length === 0) return new Map();
  const checkIds = new Set(outcomes.map(({ check }) => check.check_id));
  // The flips that came with the outcomes are rows already.
  const fresh = announced.flatMap((one) =>
    one.what === 'flip' && checkIds.has(one.check.check_id) ? [one.flip.id] : [],
  );
  const untold = tx.db
    .selectFrom('flips as f')
    .where('f.check_id', 'in', [...checkIds])
    .where('f.new_status', '=', 'down')
    .where((e) =>
      e.not(e.exists(e.selectFrom('alerts').select('alerts.id').whereRef('alerts.flip_id', '=', 'f.id'))),
    )
    .$if(fresh.length > 0, (query) => query.where('f.id', 'not in', fresh));
  const latest = untold
    .select('f.check_id')
    .select((e) => e.fn.max('f.created_at').as('at'))
    .groupBy('f.check_id');
  const rows = await untold
    .innerJoin(latest.as('latest'), (join) =>
      join.onRef('latest.check_id', '=', 'f.check_id').onRef('latest.at', '=', 'f.created_at'),
    )
    .select(['f.id', 'f.check_id', 'f.created_at', 'f.new_status', 'f.reason'])
    .execute();
  return new Map(rows.map((row) => [row.check_id, row]));
}

/** The outage is older than what is kept of flips. */
function unknownOutage({ at, check }: AnnouncedOutcome): ToldFlip['flip'] {
  return { id: null, created_at: check.down_since ?? at, new_status: 'down', reason: '' };
}
