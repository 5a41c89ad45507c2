/** Incidents follow from what becomes of alerts: opened, joined, acknowledged, resolved. */
import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';
import { type Incident, insertIncident, saveIncident, worseOf } from './incident-rows.ts';

/** What is looked at of an alert; `incident_id` is set in place, the caller writes its row. */
export interface IncidentAlert {
  id: number;
  project_id: number;
  name: string;
  severity: string;
  labels: Readonly<Record<string, string>>;
  starts_at: number;
  raised_at: number;
  state: string;
  /** It may have been acknowledged while its message was held back. */
  acked_at: number | null;
  acked_by: string;
  check_id: number | null;
  incident_id: number | null;
}

/** Something for the ledger. */
export interface IncidentEvent {
  projectId: number;
  alertId: number;
  kind: 'incident';
  detail: { incident: string; title: string; what: 'opened' | 'joined' | 'resolved' };
}

export interface IncidentKeeperPorts {
  record(tx: Tx, events: readonly IncidentEvent[]): Promise<void>;
  /** What each of the checks depends on directly, whatever its state. */
  dependencies(tx: Tx, checkIds: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>>;
}

export interface IncidentKeeper {
  /** These alerts, each worth an incident, were just told: each opens one or joins one that is open. */
  onFiring(tx: Tx, alerts: readonly IncidentAlert[]): Promise<void>;
  /** An incident is over with the last of its alerts. Their rows may say still that they fire. */
  onResolved(tx: Tx, alerts: readonly IncidentAlert[]): Promise<void>;
  /** The first acknowledgement of any of its alerts is the incident's. */
  onAcknowledged(tx: Tx, alert: IncidentAlert): Promise<void>;
  /** The acknowledgement of this alert was taken back: the next one of its incident counts, if there is any. */
  onTakenBack(tx: Tx, alert: IncidentAlert): Promise<void>;
}

export function incidentKeeper(ports: IncidentKeeperPorts): IncidentKeeper {
  return {
    async onFiring(tx, alerts) {
      const grave = alerts.filter((alert) => alert.state === 'firing' && alert.incident_id === null);
      if (grave.length === 0) return;
      const events: IncidentEvent[] = [];
      for (const own of Map.groupBy(grave, ({ project_id }) => project_id).values()) {
        const placing = await Placing.over(tx, own, ports);
        for (const alert of own) events.push(...(await placing.place(alert)));
        await placing.save();
      }
      await ports.record(tx, events);
    },

    async onResolved(tx, alerts) {
      const ended = alerts.filter(({ incident_id: id }) => id !== null);
      const over = await withoutOthers(tx, ended);
      const events: IncidentEvent[] = [];
      for (const [id, last] of over) {
        const row = await tx.db
          .updateTable('incidents')
          .set({ resolved_at: tx.at, updated_at: tx.at })
          .where('id', '=', id)
          .where('resolved_at', 'is', null)
          .returning(['code', 'title', 'project_id'])
          .executeTakeFirst();
        if (row === undefined) continue;
        events.push(eventOf(last, row, 'resolved'));
        tx.emit({ type: 'changed', noun: 'incident', project: row.project_id, ids: [row.code] });
      }
      await ports.record(tx, events);
    },

    async onAcknowledged(tx, alert) {
      if (alert.incident_id === null) return;
      const row = await tx.db
        .updateTable('incidents')
        .set({ acknowledged_at: tx.at, acknowledged_by: alert.acked_by, updated_at: tx.at })
        .where('id', '=', alert.incident_id)
        .where('acknowledged_at', 'is', null)
        .returning(['code', 'project_id'])
        .executeTakeFirst();
      if (row === undefined) return;
      tx.emit({ type: 'changed', noun: 'incident', project: row.project_id, ids: [row.code] });
    },

    async onTakenBack(tx, { incident_id: id }) {
      if (id === null) return;
      const next = await tx.db
        .selectFrom('alerts')
        .select(['acked_at', 'acked_by'])
        .where('incident_id', '=', id)
        .where('acked_at', 'is not', null)
        .orderBy('acked_at')
        .orderBy('id')
        .executeTakeFirst();
      const row = await tx.db
        .updateTable('incidents')
        .set({
          acknowledged_at: next?.acked_at ?? null,
          acknowledged_by: next?.acked_by ?? '',
          updated_at: tx.at,
        })
        .where('id', '=', id)
        .returning(['code', 'project_id'])
        .executeTakeFirstOrThrow();
      tx.emit({ type: 'changed', noun: 'incident', project: row.project_id, ids: [row.code] });
    },
  };
}

function eventOf(
  alert: IncidentAlert,
  { code, title }: { code: string; title: string },
  what: IncidentEvent['detail']['what'],
): IncidentEvent {
  const detail = { incident: code, title, what };
  return { projectId: alert.project_id, alertId: alert.id, kind: 'incident', detail };
}

/** Incidents of which none but the given alerts fires, each with the last of these. */
async function withoutOthers(tx: Tx, ended: readonly IncidentAlert[]): Promise<Map<number, IncidentAlert>> {
  const over = new Map<number, IncidentAlert>();
  for (const alert of ended) if (alert.incident_id !== null) over.set(alert.incident_id, alert);
  if (over.size === 0) return over;
  const rows = await tx.db
    .selectFrom('alerts')
    .select(['id', 'incident_id'])
    .where('incident_id', 'in', [...over.keys()])
    .where('state', '=', sql.lit('firing'))
    .execute();
  const ids = new Set(ended.map(({ id }) => id));
  for (const row of rows) if (!ids.has(row.id)) over.delete(row.incident_id ?? 0);
  return over;
}

/** Puts the alerts of one project into incidents. */
class Placing {
  readonly #tx: Tx;
  readonly #dependencies: ReadonlyMap<number, readonly number[]>;
  /** The open incident that an alert of a check is part of. */
  readonly #byCheck: Map<number, Incident>;
  readonly #waiting: Map<number, IncidentAlert>;
  readonly #changed = new Set<Incident>();

  private constructor(
    tx: Tx,
    dependencies: ReadonlyMap<number, readonly number[]>,
    byCheck: Map<number, Incident>,
    waiting: Map<number, IncidentAlert>,
  ) {
    this.#tx = tx;
    this.#dependencies = dependencies;
    this.#byCheck = byCheck;
    this.#waiting = waiting;
  }

  static async over(tx: Tx, alerts: readonly IncidentAlert[], ports: IncidentKeeperPorts): Promise<Placing> {
    const waiting = new Map<number, IncidentAlert>();
    // The first of each check is enough: the others find its incident.
    for (const alert of alerts) {
      if (alert.check_id !== null && !waiting.has(alert.check_id)) waiting.set(alert.check_id, alert);
    }
    const checkIds = [...waiting.keys()];
    const dependencies = checkIds.length === 0 ? new Map() : await ports.dependencies(tx, checkIds);
    const near = [...new Set([...checkIds, ...[...dependencies.values()].flat()])];
    return new Placing(tx, dependencies, await openIncidents(tx, alerts[0]?.project_id ?? 0, near), waiting);
  }

  /** Those that it depends on come first, so that it finds their incident. */
  async place(alert: IncidentAlert): Promise<IncidentEvent[]> {
    if (alert.incident_id !== null) return [];
    const { check_id: checkId } = alert;
    if (checkId === null) return [await this.#open(alert)];
    const parents = this.#dependencies.get(checkId) ?? [];
    this.#waiting.delete(checkId);
    const events: IncidentEvent[] = [];
    for (const parent of parents) {
      const waiting = this.#waiting.get(parent);
      if (waiting !== undefined) events.push(...(await this.place(waiting)));
    }
    const known = [checkId, ...parents].map((id) => this.#byCheck.get(id)).find((one) => one !== undefined);
    events.push(known === undefined ? await this.#open(alert) : this.#join(alert, known));
    return events;
  }

  async save(): Promise<void> {
    for (const incident of this.#changed) {
      incident.updated_at = this.#tx.at;
      await saveIncident(this.#tx, incident);
      const { project_id: project, code } = incident;
      this.#tx.emit({ type: 'changed', noun: 'incident', project, ids: [code] });
    }
  }

  async #open(alert: IncidentAlert): Promise<IncidentEvent> {
    const incident = await insertIncident(this.#tx, {
      project_id: alert.project_id,
      title: titleOf(alert),
      severity: alert.severity,
      started_at: Math.min(alert.starts_at, alert.raised_at),
      detected_at: alert.raised_at,
      acknowledged_at: alert.acked_at,
      acknowledged_by: alert.acked_by,
    });
    this.#changed.add(incident);
    this.#take(alert, incident);
    return eventOf(alert, incident, 'opened');
  }

  #join(alert: IncidentAlert, incident: Incident): IncidentEvent {
    incident.severity = worseOf(incident.severity, alert.severity);
    incident.started_at = Math.min(incident.started_at, alert.starts_at);
    if (incident.acknowledged_at === null && alert.acked_at !== null) {
      incident.acknowledged_at = Math.max(alert.acked_at, incident.detected_at);
      incident.acknowledged_by = alert.acked_by;
    }
    this.#changed.add(incident);
    this.#take(alert, incident);
    return eventOf(alert, incident, 'joined');
  }

  #take(alert: IncidentAlert, incident: Incident): void {
    alert.incident_id = incident.id;
    if (alert.check_id !== null) this.#byCheck.set(alert.check_id, incident);
  }
}

/** `CheckDown: database`, `DiskFull: h1:9100`: the alert's name and what it is about, as far as labels say. */
function titleOf({ name, labels }: IncidentAlert): string {
  const about = labels['check'] ?? labels['instance'] ?? labels['service'] ?? labels['job'];
  return about === undefined ? name || 'unnamed' : `${name || 'unnamed'}: ${about}`;
}

/** Open incidents of a project by the checks of their alerts, as far as these are among the given ones. */
async function openIncidents(
  tx: Tx,
  projectId: number,
  checkIds: readonly number[],
): Promise<Map<number, Incident>> {
  if (checkIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('incidents')
    .innerJoin('alerts', 'alerts.incident_id', 'incidents.id')
    .selectAll('incidents')
    .select('alerts.check_id')
    .where('incidents.project_id', '=', projectId)
    .where('incidents.resolved_at', 'is', null)
    .where('alerts.check_id', 'in', checkIds)
    .orderBy('incidents.id')
    .execute();
  const incidents = new Map<number, Incident>();
  const byCheck = new Map<number, Incident>();
  for (const { check_id: checkId, ...row } of rows) {
    const incident = incidents.get(row.id) ?? row;
    incidents.set(row.id, incident);
    if (checkId !== null) byCheck.set(checkId, incident);
  }
  return byCheck;
}
