/** Alerts of which no message arrived: what ended without being sent, and whether another way may be tried. */
import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';
import { DELIVERY_WORK } from './queue.ts';

/** Why a delivery was not tried, where its channel is what is wrong. */
export const CHANNEL_DELETED = 'the channel was deleted';
export const CHANNEL_OFF = 'the channel is disabled';

/** Asks for a look at alerts, in the same transaction: messages about them came to nothing. */
export type OnUndelivered = (tx: Tx, alertIds: readonly number[]) => Promise<void>;

/**
 * Why nobody was told of an alert: `broken` = a message was given up, or its channel is deleted or off;
 * `declined` = the channels want no such messages.
 */
export type Undelivered = 'broken' | 'declined';

/** Those of the alerts of which every message that they fire is over, and none arrived. */
export async function undeliveredOf(tx: Tx, alertIds: readonly number[]): Promise<Map<number, Undelivered>> {
  if (alertIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('deliveries as d')
    // What is gathered lies in the lane that is named after its digest.
    .leftJoin('deliveries as digest', (join) =>
      join.onRef('digest.key', '=', 'd.lane').on('d.state', '=', 'gathered'),
    )
    .select(['d.alert_id', 'd.state', 'd.error'])
    .select(['digest.state as digest_state', 'digest.error as digest_error'])
    .where('d.alert_id', 'in', alertIds)
    .where('d.kind', '=', 'firing')
    .execute();
  const ends = rows.map((row) => ({
    alertId: row.alert_id ?? 0,
    end: endOf(row.digest_state ?? row.state, row.digest_error ?? row.error),
  }));
  const found = new Map<number, Undelivered>();
  for (const [id, own] of Map.groupBy(ends, ({ alertId }) => alertId)) {
    if (own.some(({ end }) => end === 'open' || end === 'arrived')) continue;
    found.set(id, own.some(({ end }) => end === 'broken') ? 'broken' : 'declined');
  }
  return found;
}

function endOf(state: string, error: string): Undelivered | 'open' | 'arrived' {
  if (state === 'failed') return 'broken';
  if (state === 'skipped') return error === CHANNEL_DELETED || error === CHANNEL_OFF ? 'broken' : 'declined';
  // A provider may say later that what it took did not arrive.
  if (state === 'sent') return error === '' ? 'arrived' : 'broken';
  return 'open';
}

/** A delivery that is over. */
export interface Finished {
  kind: string;
  lane: string;
  state: string;
  alert_id: number | null;
}

/** The alerts that these deliveries were to tell of, as far as they came to nothing; a digest tells of many. */
export async function untoldBy(tx: Tx, deliveries: readonly Finished[]): Promise<number[]> {
  const lost = deliveries.filter(({ state }) => state === 'failed' || state === 'skipped');
  const ids = new Set(
    lost.flatMap(({ kind, alert_id: id }) => (kind === 'firing' && id !== null ? [id] : [])),
  );
  const lanes = lost.flatMap(({ kind, lane }) => (kind === 'digest' ? [lane] : []));
  if (lanes.length > 0) {
    const rows = await tx.db
      .selectFrom('deliveries')
      .select('alert_id')
      // A literal: only then do both engines use the index of gathered deliveries.
      .where('state', '=', sql.lit('gathered'))
      .where('lane', 'in', lanes)
      .where('kind', '=', 'firing')
      .execute();
    for (const { alert_id: id } of rows) if (id !== null) ids.add(id);
  }
  return [...ids];
}

/** Makes all that waits for a channel due now: it was switched off, and other ways need not wait to be tried. */
export async function hastenChannel(tx: Tx, channelId: number): Promise<void> {
  const result = await tx.db
    .updateTable('work')
    .set({ due_at: tx.at })
    .where('kind', '=', DELIVERY_WORK)
    .where('owner', 'is', null)
    .where('due_at', '>', tx.at)
    .where('key', 'in', (e) =>
      e
        .selectFrom('deliveries')
        .select('lane')
        // A literal: only then do both engines use the index of queued deliveries.
        .where('state', '=', sql.lit('queued'))
        .where('channel_id', '=', channelId),
    )
    .executeTakeFirst();
  if (result.numUpdatedRows > 0n) tx.emit({ type: 'work', kind: DELIVERY_WORK, at: tx.at });
}
