/** Deliveries as rows: asked for in the transaction of what they tell of, so that none is ever lost or doubled. */
import { sql } from 'kysely';
import type { Tx, Values } from '../store/tx.ts';
import { requestWork } from '../work/queue.ts';
import { type RoutedChannel, routesOf, type Told } from './routes.ts';

/** The kind of work whose keys are lanes. */
export const DELIVERY_WORK = 'delivery';

export const DELIVERY_COLUMNS = [
  'key',
  'project_id',
  'channel_id',
  'check_id',
  'flip_id',
  'alert_id',
  'kind',
  'lane',
  'state',
  'attempts',
  'created_at',
  'answer',
  'error',
] as const;

/** Something to tell people about an alert. */
export interface AlertNotice {
  alert: { id: number; project_id: number; identity: string; check_id: number | null; route: string };
  kind: 'firing' | 'resolved';
  /** The flip that it tells of; null = it was no check's. */
  flipId: string | null;
}

/** Messages about one check to one channel go out in order: a recovery never overtakes its outage. */
export function laneOf(checkId: number, channelId: number): string {
  return `${checkId}:${channelId}`;
}

function laneOfNotice({ alert }: AlertNotice, channelId: number): string {
  if (alert.check_id !== null) return laneOf(alert.check_id, channelId);
  return `${alert.project_id}/${alert.identity}:${channelId}`;
}

/** Queues one delivery for each notice and each channel that it goes to; says where each went. */
export async function queueNotices(
  tx: Tx,
  notices: readonly AlertNotice[],
): Promise<{ channels: Named[]; disabled: Named[]; way: Told['way'] }[]> {
  const routes = await routesOf(tx, notices);
  const rows: Values[] = [];
  const lanes: string[] = [];
  notices.forEach((notice, i) => {
    for (const channel of routes[i]?.channels ?? []) {
      const lane = laneOfNotice(notice, channel.id);
      rows.push(valuesOf(tx, notice, channel, lane));
      lanes.push(lane);
    }
  });
  await tx.bulk.insert('deliveries', DELIVERY_COLUMNS, rows);
  // Lanes are locked in this order everywhere, so that two nodes cannot wait for each other.
  await requestWork(tx, DELIVERY_WORK, lanes.sort(), tx.at);
  return routes.map(({ channels, disabled, way }) => ({
    channels: channels.map(named),
    disabled: disabled.map(named),
    way,
  }));
}

interface Named {
  code: string;
  name: string;
}

function named({ code, name }: RoutedChannel): Named {
  return { code, name };
}

function valuesOf(tx: Tx, { alert, kind, flipId }: AlertNotice, { id }: RoutedChannel, lane: string): Values {
  const key = flipId === null ? `${alert.id}.${kind}:${id}` : `${flipId}:${id}`;
  return [
    key,
    alert.project_id,
    id,
    alert.check_id,
    flipId,
    alert.id,
    kind,
    lane,
    'queued',
    0,
    tx.at,
    '',
    '',
  ];
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
