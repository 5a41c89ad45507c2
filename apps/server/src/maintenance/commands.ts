/** Housekeeping in small transactions: each call does one page and says whether there is more. */
import { type ExpressionBuilder, sql } from 'kysely';
import type { Check } from '../checks/model.ts';
import { purgeRemovedChecks } from '../checks/removal.ts';
import { DAY, hourOf, rollTo } from '../checks/rollup.ts';
import { saveStates } from '../checks/save.ts';
import { noChanges } from '../checks/transition.ts';
import { removeExpired } from '../metrics/push/remove.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { deleteOldAlerts } from './alert-retention.ts';

/** Rows written or deleted in one transaction. */
const PAGE = 500;
/** How long roll-ups, the audit log and the list of outages are kept, whatever the ping log keeps. */
const KEEP_HISTORY = 400 * DAY;
/** How long a silence is listed after its end; the ledger of alerts keeps what it did. */
const KEEP_SILENCES = 30 * DAY;

/** Closes the past hour of checks that were silent since. @returns whether there are more. */
export async function closeHours(tx: Tx): Promise<boolean> {
  const hour = hourOf(tx.at);
  const rows = await tx.db
    .selectFrom('check_states')
    .select('check_id')
    .where('hour', '<', hour)
    .where(sql<boolean>`(down_since is not null or successes + failures + starts + logs + ignored > 0)`)
    .orderBy('check_id')
    .limit(PAGE)
    .execute();
  const checks: Check[] = await tx.bulk.checksBy(
    'id',
    rows.map((row) => row.check_id),
  );
  const changes = noChanges();
  for (const check of checks) changes.rollups.push(...rollTo(check, tx.at));
  if (checks.length > 0) await saveStates(tx, checks, changes, async () => undefined);
  return rows.length === PAGE;
}

export interface RetentionInput {
  /** Milliseconds; null = by number alone. */
  pings: number | null;
  flips: number;
  deliveries: number;
  alerts: number;
  /** Where the walk over the ping log stands: the last check looked at. */
  afterCheck: number;
}

/** Deletes a page of what is past its time. @returns where to go on, or null when all is done. */
export async function applyRetention(tx: Tx, input: RetentionInput): Promise<number | null> {
  const more = [
    await purgeRemovedChecks(tx),
    await removeExpired(tx),
    await deleteOldFlips(tx, tx.at - input.flips),
    await deleteOldDeliveries(tx, tx.at - input.deliveries),
    await deleteOldAlerts(tx, tx.at - input.alerts),
    await deleteOld(tx, { table: 'sessions', key: 'hash', column: 'expires_at', before: tx.at }),
    await deleteOld(tx, { table: 'audit_log', key: 'id', column: 'at', before: tx.at - KEEP_HISTORY }),
    await deleteOld(tx, { table: 'outages', key: 'id', column: 'to_at', before: tx.at - KEEP_HISTORY }),
    await deleteOld(tx, { table: 'silences', key: 'id', column: 'ends_at', before: tx.at - KEEP_SILENCES }),
  ].some(Boolean);
  const after = await deletePings(tx, input);
  if (after !== null) return after;
  return more ? Number.MAX_SAFE_INTEGER : null;
}

interface Old {
  table: 'sessions' | 'audit_log' | 'outages' | 'silences';
  key: string;
  column: string;
  /** Epoch milliseconds. */
  before: number;
}

async function deleteOld(tx: Tx, { table, key, column, before }: Old): Promise<boolean> {
  const [from, id, at] = [sql.table(table), sql.ref(key), sql.ref(column)];
  const result = await sql`delete from ${from} where ${id} in
    (select ${id} from ${from} where ${at} < ${before} limit ${PAGE})`.execute(tx.db);
  return Number(result.numAffectedRows ?? 0) === PAGE;
}

/** What still fires may have to be told yet, and its message says what the flip says. */
async function deleteOldFlips(tx: Tx, before: number): Promise<boolean> {
  const old = tx.db
    .selectFrom('flips')
    .select('flips.id')
    .where('flips.created_at', '<', before)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('alerts')
            .select('alerts.id')
            .whereRef('alerts.flip_id', '=', 'flips.id')
            .where('alerts.state', '=', 'firing'),
        ),
      ),
    )
    .limit(PAGE);
  const result = await tx.db.deleteFrom('flips').where('id', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows) === PAGE;
}

/** Finished deliveries only: one that still waits is never forgotten, nor whom the end of an alert is told to. */
async function deleteOldDeliveries(tx: Tx, before: number): Promise<boolean> {
  const old = await tx.db
    .selectFrom('deliveries')
    .select('id')
    .where('created_at', '<', before)
    .where('state', '!=', 'queued')
    .where((e) => e.not(e.exists(firingAlert(e))))
    .limit(PAGE)
    .execute();
  if (old.length === 0) return false;
  const ids = old.map((row) => row.id);
  await tx.db.deleteFrom('delivery_attempts').where('delivery_id', 'in', ids).execute();
  await tx.db.deleteFrom('deliveries').where('id', 'in', ids).execute();
  return old.length === PAGE;
}

function firingAlert(e: ExpressionBuilder<Database, 'deliveries'>) {
  return e
    .selectFrom('alerts')
    .select('alerts.id')
    .whereRef('alerts.id', '=', 'deliveries.alert_id')
    .where('alerts.state', '=', 'firing');
}

/** Walks the checks, and deletes their pings and sums that are too old. */
async function deletePings(tx: Tx, input: RetentionInput): Promise<number | null> {
  const checks = await tx.db
    .selectFrom('checks')
    .select('id')
    .where('id', '>', input.afterCheck)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  const [first, last] = [checks[0]?.id, checks.at(-1)?.id];
  if (first === undefined || last === undefined) return null;
  if (input.pings !== null) {
    await tx.db
      .deleteFrom('pings')
      .where('check_id', '>=', first)
      .where('check_id', '<=', last)
      .where('created_at', '<', tx.at - input.pings)
      .execute();
  }
  // Every column of the key is named, so that old rows are found without reading the others.
  await tx.db
    .deleteFrom('rollups')
    .where(
      'check_id',
      'in',
      checks.map(({ id }) => id),
    )
    .where('period', 'in', ['h', 'd'])
    .where('start_at', '<', tx.at - KEEP_HISTORY)
    .execute();
  return checks.length === PAGE ? last : null;
}
