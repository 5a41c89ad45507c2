/** Looking again at alerts that were held, or that end by themselves. The rows of `work` say when. */
import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';
import { planWork } from '../work/plan.ts';
import { nextDue, takeDue } from '../work/queue.ts';
import { saveAlerts } from './alert-rows.ts';
import { type AlertPorts, announce, type Ending, lookAgain } from './announce.ts';
import { ALERT_WORK, type Alert, alertFrom } from './model.ts';
import { findUntold, tellOthers } from './untold.ts';

/** Alerts in one transaction: pings wait only milliseconds for their turn. */
const REVIEW_BATCH = 500;

export interface Reviewed {
  /** Alerts looked at. */
  count: number;
  /** When the next one is due, epoch ms; null = none. */
  next: number | null;
}

/**
 * Decides anew about the alerts that are due: one whose time is over is resolved, one that nothing holds any
 * more is told of, one whose messages reached nobody is told of in other ways. Several nodes share them: each takes rows that no other has locked.
 */
export async function reviewAlerts(tx: Tx, ports: AlertPorts): Promise<Reviewed> {
  const ids = (await takeDue(tx, ALERT_WORK, REVIEW_BATCH)).map(Number);
  if (ids.length > 0) await review(tx, ids, ports);
  return { count: ids.length, next: await nextDue(tx, ALERT_WORK) };
}

async function review(tx: Tx, ids: number[], ports: AlertPorts): Promise<void> {
  const rows = await tx.db.selectFrom('alerts').selectAll().where('id', 'in', ids).orderBy('id').execute();
  const alerts = rows.map(alertFrom);
  // First: whoever was not told that it fires need not hear of its end.
  const untold = await findUntold(tx, alerts, ports);
  const raised: Alert[] = [];
  const ended: Ending[] = [];
  const early: Alert[] = [];
  for (const alert of alerts) {
    if (alert.state !== 'firing') continue;
    if (alert.ends_at !== null && alert.ends_at <= tx.at) {
      Object.assign(alert, { state: 'resolved', resolved_at: tx.at, updated_at: tx.at });
      ended.push({ alert, flipId: null, quiet: null });
    } else if (alert.held !== '') raised.push(alert);
    // Posted again meanwhile: it ends later than it would have.
    else early.push(alert);
  }
  await announce(tx, { raised, ended }, ports);
  await tellOthers(tx, untold, ports);
  await saveAlerts(tx, [...new Set([...raised, ...ended.map(({ alert }) => alert), ...untold.keys()])]);
  await lookAgain(tx, early);
}

/**
 * Asks for a look at once at the alerts of a project that are held by this silence, window or check: it was
 * changed. `code`: its public id.
 */
export async function reviewHeldBy(tx: Tx, projectId: number, code: string): Promise<void> {
  const rows = await tx.db
    .selectFrom('alerts')
    .select('id')
    .where('project_id', '=', projectId)
    .where('state', '=', sql.lit('firing'))
    .where('held', 'like', `%"id":${JSON.stringify(code)}%`)
    .execute();
  await hasten(
    tx,
    rows.map(({ id }) => id),
    tx.at,
  );
}

/** Makes a look at these held alerts due at `at`, sooner or later than it was. */
export async function hasten(tx: Tx, ids: readonly number[], at: number): Promise<void> {
  const plans = ids.map((id) => ({ key: String(id), at }));
  await planWork(tx, ALERT_WORK, plans, 'whatever it was');
}
