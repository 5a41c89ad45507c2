/** Reading alerts. Every function takes the database to read from: main's, or a transaction's. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Test } from './matchers.ts';
import type { Labels } from './model.ts';

export interface AlertFilter {
  projectId: number;
  id?: number | undefined;
  state?: 'firing' | 'resolved' | undefined;
  held?: boolean | undefined;
  acked?: boolean | undefined;
  severities?: readonly string[] | undefined;
  source?: string | undefined;
  environment?: string | undefined;
  /** The check's UUID or unique key. */
  check?: string | undefined;
  incidentId?: number | undefined;
  /** Older than the alert of this id. */
  before?: number | undefined;
}

/** Alerts, newest first, with the public names of what they are about. */
export async function alertsWhere(db: Kysely<Database>, filter: AlertFilter, limit: number) {
  const { id, state, held, acked, severities, source, environment, check, incidentId, before } = filter;
  let query = db
    .selectFrom('alerts')
    .leftJoin('checks', 'checks.id', 'alerts.check_id')
    .leftJoin('incidents', 'incidents.id', 'alerts.incident_id')
    .selectAll('alerts')
    .select(['checks.code as check_code', 'checks.unique_key as check_key', 'incidents.code as incident'])
    .where('alerts.project_id', '=', filter.projectId);
  if (id !== undefined) query = query.where('alerts.id', '=', id);
  // A literal: only then do both engines use the index of firing alerts.
  if (state !== undefined) query = query.where('alerts.state', '=', sql.lit(state));
  // The row of one that is over still says what held it last.
  if (held === true) {
    query = query.where('alerts.held', '!=', '').where('alerts.state', '=', sql.lit('firing'));
  } else if (held === false) {
    query = query.where((e) => e.or([e('alerts.held', '=', ''), e('alerts.state', '!=', 'firing')]));
  }
  if (acked !== undefined) query = query.where('alerts.acked_at', acked ? 'is not' : 'is', null);
  if (severities !== undefined) query = query.where('alerts.severity', 'in', severities);
  if (source !== undefined) query = query.where('alerts.source', '=', source);
  if (environment !== undefined) query = query.where('alerts.environment', '=', environment);
  if (incidentId !== undefined) query = query.where('alerts.incident_id', '=', incidentId);
  if (before !== undefined) query = query.where('alerts.id', '<', before);
  if (check !== undefined) {
    query = query.where((e) => e.or([e('checks.code', '=', check), e('checks.unique_key', '=', check)]));
  }
  return query.orderBy('alerts.id', 'desc').limit(limit).execute();
}

/** A row of a list of alerts; what is JSON there is text still. */
export type ListedAlert = Awaited<ReturnType<typeof alertsWhere>>[number];

/** Alerts read at a time while their labels are tested. */
const BATCH = 500;
/** Alerts tested in one turn of the event loop: pings go on. */
const AT_ONCE = 5;
/** Alerts tested in one call: a test that hardly anything passes must not hold the server. */
const MOST_TESTED = 5_000;

/**
 * Up to `limit` alerts whose labels pass every test, newest first. `next`: the id before which to go on; null =
 * there are no more. The answer may be short and have a next all the same: the tests have a bound.
 */
export async function searchAlerts(
  db: Kysely<Database>,
  filter: AlertFilter,
  tests: readonly Test[],
  limit: number,
): Promise<{ alerts: ListedAlert[]; next: number | null }> {
  const alerts: ListedAlert[] = [];
  let { before } = filter;
  for (let tested = 0; tested < MOST_TESTED; ) {
    const size = tests.length === 0 ? limit + 1 : BATCH;
    const rows = await alertsWhere(db, { ...filter, before }, size);
    for (const [index, row] of rows.entries()) {
      if (tests.length > 0 && index % AT_ONCE === AT_ONCE - 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (!passes(row, tests)) continue;
      if (alerts.length === limit) return { alerts, next: alerts.at(-1)?.id ?? null };
      alerts.push(row);
    }
    if (rows.length < size) return { alerts, next: null };
    tested += rows.length;
    before = rows.at(-1)?.id;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { alerts, next: before ?? null };
}

function passes(row: ListedAlert, tests: readonly Test[]): boolean {
  if (tests.length === 0) return true;
  const labels = JSON.parse(row.labels) as Labels;
  return tests.every((test) => test(labels));
}
