/** The one path of everything that can be wrong, joined from the domains. */
import type { AlertPorts } from './alerts/announce.ts';
import { endQuietly, releaseHeld } from './alerts/checks-changed.ts';
import { record } from './alerts/ledger.ts';
import { opensIncident } from './alerts/model.ts';
import { postAlerts, recordDamped } from './alerts/post.ts';
import { hasten } from './alerts/review.ts';
import { alertsOf, dampedOf } from './checks/announced-alerts.ts';
import { dependenciesOf, dependentsOf, parentsOf } from './checks/dependencies.ts';
import { flappingOf } from './checks/flapping.ts';
import type { Announced } from './checks/model.ts';
import { incidentKeeper } from './incidents/keep-incidents.ts';
import { queueNotices } from './notify/queue.ts';
import { undeliveredOf } from './notify/undelivered.ts';
import type { Tx } from './store/tx.ts';

const incidents = incidentKeeper({ record, dependencies: dependenciesOf });

export const alertPorts: AlertPorts = {
  checks: {
    parents: parentsOf,
    flapping: flappingOf,
    onUntold: async (tx, checkIds) => lookAgainNow(tx, await dependentIds(tx, checkIds)),
  },
  notify: queueNotices,
  undelivered: undeliveredOf,
  incidents: {
    ...incidents,
    // A drill is nobody's incident.
    onFiring: (tx, alerts) =>
      incidents.onFiring(
        tx,
        alerts.filter(({ drill, labels }) => drill === 0 && opensIncident(labels)),
      ),
  },
};

/**
 * What checks announce becomes an alert, or ends one, unless a policy keeps it from that; what waited for a check
 * that is up again gets its turn.
 */
export async function announceChanges(tx: Tx, announced: Announced[]): Promise<void> {
  await recordDamped(tx, dampedOf(announced));
  await postAlerts(tx, await alertsOf(tx, announced), alertPorts);
  const recovered = announced
    .filter((one) => one.what === 'flip' && one.flip.new_status === 'up')
    .map(({ check }) => check.check_id);
  const dependents = await dependentsOf(tx, recovered);
  for (const [settledAt, own] of Map.groupBy(dependents, (one) => one.settledAt)) {
    await releaseHeld(
      tx,
      own.map(({ checkId }) => checkId),
      settledAt,
    );
  }
}

/** Somebody paused, cleared or deleted checks: their alerts end without a word, and hold nothing back any more. */
export async function endAlertsQuietly(tx: Tx, checkIds: number[], reason: string): Promise<void> {
  await endQuietly(tx, checkIds, reason, alertPorts);
  await lookAgainNow(tx, await dependentIds(tx, checkIds));
}

async function dependentIds(tx: Tx, checkIds: readonly number[]): Promise<number[]> {
  return (await dependentsOf(tx, checkIds)).map(({ checkId }) => checkId);
}

/** Looks at once whether the alerts of these checks are still held: what they depend on may be another. */
export async function lookAgainNow(tx: Tx, checkIds: readonly number[]): Promise<void> {
  await releaseHeld(tx, checkIds, tx.at);
}

/** Messages about these alerts came to nothing: looks whether anybody was told, and for other ways if not. */
export async function lookAtUntold(tx: Tx, alertIds: readonly number[]): Promise<void> {
  await hasten(tx, alertIds, tx.at);
}
