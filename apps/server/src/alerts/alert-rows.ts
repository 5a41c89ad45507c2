/** Alerts to rows and back, many at once. */
import { sql } from 'kysely';
import type { Tx, Values } from '../store/tx.ts';
import { type Alert, alertFrom, labelsText, type PostedAlert } from './model.ts';

const COLUMNS = [
  'id',
  'project_id',
  'environment',
  'source',
  'identity',
  'fingerprint',
  'name',
  'severity',
  'labels',
  'annotations',
  'generator_url',
  'check_id',
  'flip_id',
  'starts_at',
  'ends_at',
  'timed_out',
  'state',
  'raised_at',
  'resolved_at',
  'updated_at',
  'notified_at',
  'held',
  'acked_at',
  'acked_by',
  'incident_id',
  'route',
  'drill',
] as const satisfies (keyof Alert)[];

/** What may change while an alert lives; its identity, labels and beginning of its account do not. */
const CHANGING = [
  'annotations',
  'generator_url',
  'starts_at',
  'ends_at',
  'timed_out',
  'state',
  'resolved_at',
  'updated_at',
  'notified_at',
  'held',
  'acked_at',
  'acked_by',
  'incident_id',
] as const satisfies (keyof Alert)[];

export function keyOf(projectId: number, identity: string): string {
  return `${projectId} ${identity}`;
}

/** Those of the posted alerts that fire already, by {@link keyOf}. */
export async function firingAlerts(tx: Tx, posts: readonly PostedAlert[]): Promise<Map<string, Alert>> {
  const found = new Map<string, Alert>();
  for (const [projectId, own] of Map.groupBy(posts, (post) => post.projectId)) {
    const rows = await tx.db
      .selectFrom('alerts')
      .selectAll()
      .where('project_id', '=', projectId)
      // A literal: only then do both engines use the index of firing alerts.
      .where('state', '=', sql.lit('firing'))
      .where('identity', 'in', [...new Set(own.map(({ identity }) => identity))])
      .execute();
    for (const row of rows) found.set(keyOf(projectId, row.identity), alertFrom(row));
  }
  return found;
}

export async function insertAlerts(tx: Tx, alerts: readonly Alert[]): Promise<void> {
  await tx.bulk.insert('alerts', COLUMNS, alerts.map(rowOf));
}

/** Writes what may have changed of alerts that have rows. */
export async function saveAlerts(tx: Tx, alerts: readonly Alert[]): Promise<void> {
  const columns = [...CHANGING, 'id'] as const;
  await tx.bulk.update(
    'alerts',
    CHANGING,
    'id',
    alerts.map((alert) => valuesOf(alert, columns)),
  );
}

/** In the order of {@link COLUMNS}. Written out: names looked up cost ten times as much, and alerts come by the thousand. */
function rowOf(alert: Alert): Values {
  return [
    alert.id,
    alert.project_id,
    alert.environment,
    alert.source,
    alert.identity,
    alert.fingerprint,
    alert.name,
    alert.severity,
    labelsText(alert.labels),
    labelsText(alert.annotations),
    alert.generator_url,
    alert.check_id,
    alert.flip_id,
    alert.starts_at,
    alert.ends_at,
    alert.timed_out,
    alert.state,
    alert.raised_at,
    alert.resolved_at,
    alert.updated_at,
    alert.notified_at,
    alert.held,
    alert.acked_at,
    alert.acked_by,
    alert.incident_id,
    alert.route,
    alert.drill,
  ];
}

function valuesOf(alert: Alert, columns: readonly (keyof Alert)[]): Values {
  return columns.map((column) => {
    const value = alert[column];
    return typeof value === 'object' && value !== null ? labelsText(value) : value;
  });
}
