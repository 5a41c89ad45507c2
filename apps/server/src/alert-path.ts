/** The one path of everything that can be wrong, joined from the domains. */
import type { AlertPorts } from './alerts/announce.ts';
import { endQuietly, releaseHeld } from './alerts/checks-changed.ts';
import { record } from './alerts/ledger.ts';
import { opensIncident } from './alerts/model.ts';
import { postAlerts } from './alerts/post.ts';
import { alertsOfFlips } from './checks/check-alerts.ts';
import { dependenciesOf, dependentsOf, parentsOf } from './checks/dependencies.ts';
import type { AnnouncedFlip } from './checks/model.ts';
import { incidentKeeper } from './incidents/keep-incidents.ts';
import { queueNotices } from './notify/queue.ts';
import type { Tx } from './store/tx.ts';

const incidents = incidentKeeper({ record, dependencies: dependenciesOf });

export const alertPorts: AlertPorts = {
  checks: { parents: parentsOf, flapping: async () => new Map() },
  notify: queueNotices,
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

/** A flip becomes an alert, or ends one; what waited for a check that is up again gets its turn. */
export async function announceFlips(tx: Tx, flips: AnnouncedFlip[]): Promise<void> {
  await postAlerts(tx, await alertsOfFlips(tx, flips), alertPorts);
  const recovered = flips.filter(({ flip }) => flip.new_status === 'up').map(({ check }) => check.check_id);
  const dependents = await dependentsOf(tx, recovered);
  for (const [settledAt, own] of Map.groupBy(dependents, (one) => one.settledAt)) {
    await releaseHeld(
      tx,
      own.map(({ checkId }) => checkId),
      settledAt,
    );
  }
}

/** Somebody paused, cleared or deleted checks: their alerts end without a word. */
export async function endAlertsQuietly(tx: Tx, checkIds: number[], reason: string): Promise<void> {
  await endQuietly(tx, checkIds, reason, alertPorts);
}
