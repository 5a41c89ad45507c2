/** Alerts whose every message came to nothing: nobody was told, so another way is tried, and the ledger says so. */
import type { Tx } from '../store/tx.ts';
import { type AlertPorts, emitAlerts, reportUntold } from './announce.ts';
import { record } from './ledger.ts';
import type { Alert } from './model.ts';
import type { Routing } from './notices.ts';

/** Alerts of which nobody was told after all, and whether that is because something is broken. */
export type Untold = ReadonlyMap<Alert, 'broken' | 'declined'>;

/**
 * Finds those of the alerts that count as told and whose messages came to nothing. They count as told no more
 * (changed in place; the caller writes their rows).
 */
export async function findUntold(tx: Tx, alerts: readonly Alert[], ports: AlertPorts): Promise<Untold> {
  const told = alerts.filter(({ held, notified_at: at }) => held === '' && at !== null);
  const lost = await ports.undelivered(
    tx,
    told.map(({ id }) => id),
  );
  const untold = new Map<Alert, 'broken' | 'declined'>();
  for (const alert of told) {
    const why = lost.get(alert.id);
    if (why === undefined) continue;
    alert.notified_at = null;
    untold.set(alert, why);
  }
  return untold;
}

/**
 * Tells of those that still fire by ways that were not tried; where there is none, the ledger says that nobody was
 * told. Channels that want no such messages were chosen so: no other way is looked for then.
 */
export async function tellOthers(tx: Tx, untold: Untold, ports: AlertPorts): Promise<void> {
  const firing = [...untold].filter(([{ state }]) => state === 'firing');
  const broken = firing.flatMap(([alert, why]) => (why === 'broken' ? [alert] : []));
  const notices = broken.map((alert) => ({
    alert,
    kind: 'firing' as const,
    flipId: alert.flip_id,
    reachedNobody: true,
  }));
  const routings = notices.length === 0 ? [] : await ports.notify(tx, notices);
  const routes = new Map(broken.map((alert, i) => [alert, routings[i]]));
  for (const [alert, routing] of routes) {
    if ((routing?.channels.length ?? 0) > 0) alert.notified_at = tx.at;
  }
  await record(
    tx,
    firing.map(([alert]) => ({
      projectId: alert.project_id,
      alertId: alert.id,
      kind: 'routed' as const,
      detail: { ...(routes.get(alert) ?? DECLINED) },
    })),
  );
  await reportUntold(
    tx,
    firing.map(([alert]) => alert),
    ports,
  );
  emitAlerts(tx, [...untold.keys()]);
}

const DECLINED: Omit<Routing, 'way'> & { way: 'declined' } = { channels: [], disabled: [], way: 'declined' };
