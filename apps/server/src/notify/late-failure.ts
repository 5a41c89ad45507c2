import type { Tx } from '../store/tx.ts';
import { hastenChannel, type OnUndelivered } from './undelivered.ts';

/** Characters kept of what a provider says. */
const ERROR_LENGTH = 200;

export interface LateFailure {
  deliveryId: number;
  error: string;
  /** Whether the channel cannot work until somebody changes it. */
  disable: boolean;
  /** Milliseconds: older deliveries are history. */
  within: number;
}

/** Records that a message which its provider had taken did not arrive. @returns whether there was such a message. */
export async function reportLateFailure(
  tx: Tx,
  failure: LateFailure,
  onUndelivered: OnUndelivered,
): Promise<boolean> {
  const error = failure.error.slice(0, ERROR_LENGTH);
  const delivery = await tx.db
    .updateTable('deliveries')
    .set({ error })
    .where('id', '=', failure.deliveryId)
    .where('created_at', '>', tx.at - failure.within)
    .returning(['key', 'project_id', 'channel_id', 'alert_id', 'kind'])
    .executeTakeFirst();
  if (delivery === undefined) return false;
  const { key, project_id: project } = delivery;
  tx.emit({ type: 'changed', noun: 'delivery', project, ids: [key] });
  if (failure.disable) await hastenChannel(tx, delivery.channel_id);
  if (delivery.kind === 'firing' && delivery.alert_id !== null) await onUndelivered(tx, [delivery.alert_id]);
  const channel = await tx.db
    .updateTable('channels')
    .set({ last_error: error, ...(failure.disable ? { disabled: 1 as const } : {}) })
    .where('id', '=', delivery.channel_id)
    .returning('code')
    .executeTakeFirst();
  if (channel !== undefined) tx.emit({ type: 'changed', noun: 'channel', project, ids: [channel.code] });
  return true;
}
