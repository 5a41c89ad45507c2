/** Telling people about alerts: what this domain asks of the one that delivers. */
import type { Tx } from '../store/tx.ts';
import type { Alert } from './model.ts';

/** One thing to tell about an alert. */
export interface Notice {
  alert: Alert;
  kind: 'firing' | 'resolved';
  /** The flip that it tells of; null = it was no check's. */
  flipId: string | null;
  /** It was queued before and reached nobody: it goes where it has not gone. */
  reachedNobody?: boolean;
}

/** Where a notice went. */
export interface Routing {
  /** Channels that it was queued for, by name; empty = nobody is told. */
  channels: { code: string; name: string }[];
  /** Channels that would have been told, were they not switched off. */
  disabled: { code: string; name: string }[];
  /**
   * By which way: its check's own channels, the project's, both, those chosen for it, those that got the firing, or
   * those that are left where no other message reached anybody.
   */
  way: 'direct' | 'default' | 'both' | 'none' | 'chosen' | 'as firing' | 'fallback';
}

/** Queues messages in the transaction of what they tell of: one routing for each notice, in order. */
export type Notify = (tx: Tx, notices: readonly Notice[]) => Promise<Routing[]>;

/**
 * Those of the alerts of which every message that they fire is over and none arrived: because something is `broken`,
 * or because the channels want none.
 */
export type FindUndelivered = (
  tx: Tx,
  alertIds: readonly number[],
) => Promise<ReadonlyMap<number, 'broken' | 'declined'>>;

/** Keeps the incidents up to date with what became of their alerts. */
export interface IncidentPort {
  /** These alerts were just told of: those that are grave enough open an incident or join one. */
  onFiring(tx: Tx, alerts: readonly Alert[]): Promise<void>;
  onResolved(tx: Tx, alerts: readonly Alert[]): Promise<void>;
  onAcknowledged(tx: Tx, alert: Alert): Promise<void>;
  /** The acknowledgement of this alert was taken back. */
  onTakenBack(tx: Tx, alert: Alert): Promise<void>;
}
