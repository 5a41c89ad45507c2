/** Deliveries as rows: asked for in the transaction of the flip, so that none is ever lost or doubled. */
import { sql } from 'kysely';
import type { AnnouncedFlip } from '../checks/model.ts';
import type { Tx, Values } from '../store/tx.ts';
import { requestWork } from '../work/queue.ts';

/** The kind of work whose keys are lanes. */
export const DELIVERY_WORK = 'delivery';

export const DELIVERY_COLUMNS = [
  'key',
  'project_id',
  'channel_id',
  'check_id',
  'flip_id',
  'kind',
  'lane',
  'state',
  'attempts',
  'created_at',
  'answer',
  'error',
] as const;

/** Messages about one check to one channel go out in order: a recovery never overtakes its outage. */
export function laneOf(checkId: number, channelId: number): string {
  return `${checkId}:${channelId}`;
}

/** Queues one delivery for each flip and each enabled channel of its check. */
export async function queueFlips(tx: Tx, flips: AnnouncedFlip[]): Promise<void> {
  const checkIds = [...new Set(flips.map(({ check }) => check.check_id))];
  const channels = await enabledChannels(tx, checkIds);
  const rows: Values[] = [];
  const lanes: string[] = [];
  for (const { flip, check } of flips) {
    for (const channelId of channels.get(check.check_id) ?? []) {
      const lane = laneOf(check.check_id, channelId);
      const key = `${flip.id}:${channelId}`;
      rows.push([
        key,
        check.project_id,
        channelId,
        check.check_id,
        flip.id,
        'flip',
        lane,
        'queued',
        0,
        tx.at,
        '',
        '',
      ]);
      lanes.push(lane);
    }
  }
  await tx.bulk.insert('deliveries', DELIVERY_COLUMNS, rows);
  // Lanes are locked in this order everywhere, so that two nodes cannot wait for each other.
  await requestWork(tx, DELIVERY_WORK, lanes.sort(), tx.at);
}

/** After the wall clock stepped by `delta` ms: a message that waits is as old as it was, and not given up sooner. */
export async function shiftDeliveries(tx: Tx, delta: number): Promise<void> {
  await tx.db
    .updateTable('deliveries')
    .set({ created_at: sql<number>`created_at + ${delta}` })
    // A literal: only then do both engines use the index of queued deliveries.
    .where('state', '=', sql.lit('queued'))
    .execute();
}

async function enabledChannels(tx: Tx, checkIds: number[]): Promise<Map<number, number[]>> {
  const links = await tx.db
    .selectFrom('check_channels')
    .innerJoin('channels', 'channels.id', 'check_channels.channel_id')
    .select(['check_channels.check_id', 'check_channels.channel_id'])
    .where('check_channels.check_id', 'in', checkIds)
    .where('channels.disabled', '=', 0)
    .orderBy('channels.last_notify_duration')
    .execute();
  const byCheck = new Map<number, number[]>();
  for (const link of links) {
    const own = byCheck.get(link.check_id);
    if (own === undefined) byCheck.set(link.check_id, [link.channel_id]);
    else own.push(link.channel_id);
  }
  return byCheck;
}
