/** Deliveries as rows: asked for in the transaction of what they tell of, so that none is ever lost or doubled. */
import { sql } from 'kysely';
import type { Tx, Values } from '../store/tx.ts';
import { requestWork } from '../work/queue.ts';
import { Budgets } from './budget.ts';
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
  alert: {
    id: number;
    project_id: number;
    identity: string;
    check_id: number | null;
    severity: string;
    route: string;
  };
  kind: 'firing' | 'resolved';
  /** The flip that it tells of; null = it was no check's. */
  flipId: string | null;
  /** It was queued before and reached nobody: it goes where it has not gone. */
  reachedNobody?: boolean;
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
  const budgets = await Budgets.of(
    tx,
    routes.flatMap(({ channels }) => channels.map(({ id }) => id)),
  );
  const rows: Values[] = [];
  const lanes: string[] = [];
  const digests = new Map<string, Gathered>();
  notices.forEach((notice, i) => {
    for (const channel of routes[i]?.channels ?? []) {
      const gathered = budgets.take(channel.id, notice.alert.severity === 'critical');
      const lane = gathered?.lane ?? laneOfNotice(notice, channel.id);
      rows.push(valuesOf(tx, notice, channel, gathered === null ? { lane } : { lane, digest: lane }));
      if (gathered === null) lanes.push(lane);
      else digests.set(lane, { ...gathered, channelId: channel.id, projectId: notice.alert.project_id });
    }
  });
  await tx.bulk.insert('deliveries', DELIVERY_COLUMNS, rows);
  await queueDigests(tx, [...digests.values()]);
  await budgets.save(tx);
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

/** `digest`: the key of the one that it goes into, in place of being sent. */
function valuesOf(
  tx: Tx,
  { alert, kind, flipId }: AlertNotice,
  { id }: RoutedChannel,
  { lane, digest }: { lane: string; digest?: string },
): Values {
  const key = flipId === null ? `${alert.id}.${kind}:${id}` : `${flipId}:${id}`;
  const common = [key, alert.project_id, id, alert.check_id, flipId, alert.id, kind, lane];
  return digest === undefined
    ? [...common, 'queued', 0, tx.at, '', '']
    : [...common, 'gathered', 0, tx.at, `in the digest ${digest}`, ''];
}

/** Something that goes into the digest of a channel's hour. */
export interface Gathered {
  /** The lane of the digest, and its key. */
  lane: string;
  /** When the hour ends, epoch ms. */
  dueAt: number;
  channelId: number;
  projectId: number;
}

/** One message for each hour of a channel, due at its end; one that waits already stays as it is. */
export async function queueDigests(tx: Tx, digests: readonly Gathered[]): Promise<void> {
  const rows = digests.map(({ lane, channelId, projectId }) => [
    ...[lane, projectId, channelId, null, null, null, 'digest', lane],
    ...['queued', 0, tx.at, '', ''],
  ]);
  await tx.bulk.insert('deliveries', DELIVERY_COLUMNS, rows, 'on conflict (key) do nothing');
  for (const { lane, dueAt } of digests) await requestWork(tx, DELIVERY_WORK, [lane], dueAt);
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
