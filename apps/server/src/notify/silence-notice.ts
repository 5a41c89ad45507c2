/** Saying that a silence ends soon, to whoever would be told of what it hides. */
import type { Tx } from '../store/tx.ts';
import { requestWork } from '../work/queue.ts';
import { type AlertNotice, DELIVERY_COLUMNS, DELIVERY_WORK } from './queue.ts';
import { type RoutedChannel, routesOf } from './routes.ts';

const LANE = /^silence\/([0-9a-f-]{36}):/;

/** The code of the silence that the messages of a lane are about; null = they are about none. */
export function silenceOfLane(lane: string): string | null {
  return LANE.exec(lane)?.[1] ?? null;
}

/**
 * Queues one message for each channel to which any of these alerts would go, about the first of them that would.
 * @returns the channels.
 */
export async function tellSilenceEnds(
  tx: Tx,
  silence: { code: string; project_id: number; ends_at: number },
  alerts: readonly AlertNotice['alert'][],
): Promise<{ code: string; name: string }[]> {
  const routes = await routesOf(
    tx,
    alerts.map((alert) => ({ alert, kind: 'firing', flipId: null })),
  );
  const told = new Map<number, { channel: RoutedChannel; alertId: number }>();
  alerts.forEach((alert, i) => {
    for (const channel of routes[i]?.channels ?? []) {
      if (!told.has(channel.id)) told.set(channel.id, { channel, alertId: alert.id });
    }
  });
  const { code, project_id, ends_at } = silence;
  const lanes = [...told.keys()].map((id) => `silence/${code}:${id}`);
  const rows = [...told].map(([id, { alertId }], i) => {
    const key = `silence/${code}/${ends_at}:${id}`;
    return [key, project_id, id, null, null, alertId, 'notice', lanes[i] ?? key, 'queued', 0, tx.at, '', ''];
  });
  await tx.bulk.insert('deliveries', DELIVERY_COLUMNS, rows);
  await requestWork(tx, DELIVERY_WORK, lanes.sort(), tx.at);
  return [...told.values()].map(({ channel }) => ({ code: channel.code, name: channel.name }));
}
