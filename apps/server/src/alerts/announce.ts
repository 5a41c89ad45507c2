/** Deciding about alerts and telling people: once, in one place, whatever raised or ended them. */
import type { Tx } from '../store/tx.ts';
import { planWork } from '../work/plan.ts';
import { type CheckCircumstances, circumstancesOf } from './circumstances.ts';
import { type Hold, heldText, holdsFrom, holdsOf, holdUntil } from './holds.ts';
import { type AlertEvent, type EventKind, record } from './ledger.ts';
import { ALERT_WORK, type Alert } from './model.ts';
import type { FindUndelivered, IncidentPort, Notice, Notify, Routing } from './notices.ts';

/** What this domain needs of others; joined in commands.ts. */
export interface AlertPorts {
  checks: CheckCircumstances;
  notify: Notify;
  undelivered: FindUndelivered;
  incidents: IncidentPort;
}

/** An alert that is over. */
export interface Ending {
  alert: Alert;
  /** The flip that ended it. */
  flipId: string | null;
  /** Why nobody is told; null = whoever got the firing is. */
  quiet: string | null;
}

export interface Developments {
  /** New ones, or ones whose hold may have ended. */
  raised: readonly Alert[];
  ended: readonly Ending[];
}

/**
 * Decides about alerts (changed in place; the caller writes their rows): holds those back that something
 * speaks against, tells of the others, resolves, opens incidents, and enters all of it in the ledger.
 */
export async function announce(tx: Tx, { raised, ended }: Developments, ports: AlertPorts): Promise<void> {
  const events: AlertEvent[] = [];
  const told = await holdBack(tx, raised, ports.checks, events);
  const heard = ended.filter(({ alert, quiet }) => alert.notified_at !== null && quiet === null);
  const notices: Notice[] = [
    ...told.map((alert) => ({ alert, kind: 'firing' as const, flipId: alert.flip_id })),
    ...heard.map(({ alert, flipId }) => ({ alert, kind: 'resolved' as const, flipId })),
  ];
  const routings = notices.length === 0 ? [] : await ports.notify(tx, notices);
  told.forEach((alert, i) => {
    events.push(toldEvent(alert, routings[i], tx.at));
    alert.held = '';
    // Where no channel is left nobody was told, though nothing holds it back.
    if ((routings[i]?.channels.length ?? 0) > 0) alert.notified_at = tx.at;
  });
  const resolutions = new Map(heard.map(({ alert }, i) => [alert, routings[told.length + i]]));
  for (const ending of ended) events.push(endEvent(ending, resolutions.get(ending.alert)));
  await record(tx, events);
  // Ends first: what fires now joins no incident that is over at this instant.
  await ports.incidents.onResolved(
    tx,
    ended.map(({ alert }) => alert),
  );
  await ports.incidents.onFiring(tx, told);
  await lookAgain(tx, raised);
  await freeDependents(tx, told, raised, ports);
  await lookNoMore(
    tx,
    ended.map(({ alert }) => alert),
  );
  emitAlerts(tx, [...raised, ...ended.map(({ alert }) => alert)]);
}

/**
 * Has a look taken at once at what waits for outages of which nobody is told; those of this very batch have no rows
 * yet.
 */
async function freeDependents(
  tx: Tx,
  told: readonly Alert[],
  raised: readonly Alert[],
  ports: AlertPorts,
): Promise<void> {
  if (!(await reportUntold(tx, told, ports))) return;
  const waiting = raised.filter(({ held }) => holdsFrom(held).some(({ by }) => by === 'dependency'));
  await planWork(
    tx,
    ALERT_WORK,
    waiting.map(({ id }) => ({ key: String(id), at: tx.at })),
  );
}

/** Says which of these outages nobody is told of. @returns whether there is any. */
export async function reportUntold(
  tx: Tx,
  alerts: readonly Alert[],
  { checks }: AlertPorts,
): Promise<boolean> {
  const untold = alerts.filter(({ flip_id: flip, notified_at: at }) => flip !== null && at === null);
  const ids = untold.flatMap(({ check_id: id }) => (id === null ? [] : [id]));
  if (ids.length > 0) await checks.onUntold(tx, ids);
  return ids.length > 0;
}

/** Marks those that something holds, and returns the others. */
async function holdBack(
  tx: Tx,
  alerts: readonly Alert[],
  checks: CheckCircumstances,
  events: AlertEvent[],
): Promise<Alert[]> {
  if (alerts.length === 0) return [];
  const circumstances = await circumstancesOf(tx, alerts, checks);
  return alerts.filter((alert) => {
    const holds = holdsOf(alert, circumstances);
    if (holds.length === 0) return true;
    if (!sameReasons(holds, holdsFrom(alert.held))) events.push(heldEvent(alert, holds, alert.held === ''));
    alert.held = heldText(holds);
    return false;
  });
}

function sameReasons(one: readonly Hold[], other: readonly Hold[]): boolean {
  const text = (holds: readonly Hold[]): string => holds.map(({ by, id }) => `${by} ${id}`).join();
  return text(one) === text(other);
}

function heldEvent(alert: Alert, holds: readonly Hold[], isNew: boolean): AlertEvent {
  return eventOf(alert, isNew ? 'raised' : 'held', { held: holds });
}

function toldEvent(alert: Alert, routing: Routing | undefined, now: number): AlertEvent {
  const kind = alert.held !== '' ? 'released' : alert.raised_at === now ? 'raised' : 'routed';
  return eventOf(alert, kind, { ...routing });
}

function endEvent({ alert, quiet }: Ending, routing: Routing | undefined): AlertEvent {
  const untold = quiet ?? (alert.notified_at === null ? 'nobody had been told' : undefined);
  const drill = alert.drill === 1 && alert.acked_at === null ? { answered: false } : {};
  return eventOf(alert, 'resolved', { ...(untold === undefined ? routing : { untold }), ...drill });
}

function eventOf(alert: Alert, kind: EventKind, detail: Record<string, unknown>): AlertEvent {
  return { projectId: alert.project_id, alertId: alert.id, kind, detail };
}

/** Asks for another look at what is held, and at what ends by itself. */
export async function lookAgain(tx: Tx, alerts: readonly Alert[]): Promise<void> {
  const plans = alerts.flatMap((alert) => {
    const at = dueAt(alert);
    return at === null ? [] : [{ key: String(alert.id), at }];
  });
  await planWork(tx, ALERT_WORK, plans);
}

/** Nothing is due any more about alerts that were held and are over. */
async function lookNoMore(tx: Tx, ended: readonly Alert[]): Promise<void> {
  const keys = ended.filter(({ held }) => held !== '').map(({ id }) => String(id));
  if (keys.length === 0) return;
  await tx.db.deleteFrom('work').where('kind', '=', ALERT_WORK).where('key', 'in', keys).execute();
}

/** When something is next to be done about an alert, epoch ms; null = nothing. */
export function dueAt(alert: Alert): number | null {
  if (alert.state !== 'firing') return null;
  const holds = holdsFrom(alert.held);
  const times = holds.length === 0 ? [] : [holdUntil(holds)];
  if (alert.ends_at !== null) times.push(alert.ends_at);
  return times.length === 0 ? null : Math.min(...times);
}

/** Ids in one effect: PostgreSQL carries no message of 8000 bytes to other nodes. */
const IDS_PER_EFFECT = 300;

/** Says that these alerts are not as they were. */
export function emitAlerts(tx: Tx, alerts: readonly Alert[]): void {
  for (const [project, own] of Map.groupBy(alerts, ({ project_id }) => project_id)) {
    for (let i = 0; i < own.length; i += IDS_PER_EFFECT) {
      const ids = own.slice(i, i + IDS_PER_EFFECT).map(({ id }) => String(id));
      tx.emit({ type: 'changed', noun: 'alert', project, ids });
    }
  }
}
