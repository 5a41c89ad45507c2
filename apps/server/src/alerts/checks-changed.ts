/** What becomes of alerts when checks change other than by what they report. */
import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';
import type { AlertPorts } from './announce.ts';
import { type Alert, alertFrom, type PostedAlert } from './model.ts';
import { postAlerts } from './post.ts';
import { hasten } from './review.ts';

/**
 * Ends all alerts of checks without a word to anybody, because somebody paused, cleared or deleted them.
 * `reason` goes into the ledger.
 */
export async function endQuietly(
  tx: Tx,
  checkIds: readonly number[],
  reason: string,
  ports: AlertPorts,
): Promise<void> {
  const alerts = await firingOf(tx, checkIds);
  await postAlerts(
    tx,
    alerts.map((alert) => quietEnd(alert, tx.at, reason)),
    ports,
  );
}

function quietEnd(alert: Alert, now: number, quiet: string): PostedAlert {
  return {
    projectId: alert.project_id,
    environment: alert.environment,
    source: 'check',
    identity: alert.identity,
    labels: alert.labels,
    annotations: {},
    generatorUrl: alert.generator_url,
    check: null,
    startsAt: alert.starts_at,
    endsAt: now,
    timedOut: false,
    quiet,
  };
}

/** Looks again at the held alerts of these checks at `at`: what they depend on is not down any more. */
export async function releaseHeld(tx: Tx, checkIds: readonly number[], at: number): Promise<void> {
  const held = (await firingOf(tx, checkIds)).filter((alert) => alert.held !== '');
  await hasten(
    tx,
    held.map(({ id }) => id),
    at,
  );
}

async function firingOf(tx: Tx, checkIds: readonly number[]): Promise<Alert[]> {
  if (checkIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('alerts')
    .selectAll()
    .where('check_id', 'in', checkIds)
    .where('state', '=', sql.lit('firing'))
    .execute();
  return rows.map(alertFrom);
}
