/** The ledger of alerts: every decision, so that each page, and each page not sent, can be explained. */
import type { Tx, Values } from '../store/tx.ts';

/** What was decided or happened. Tries of messages are in the ledger of deliveries. */
export const EVENT_KINDS = [
  /** It fires: with where its message goes, or why it is held. */
  'raised',
  /** Held back: by a silence, a window, a dependency, flapping. */
  'held',
  /** Not held any more, and told. */
  'released',
  /** Somebody was told: `kind` firing or resolved, and which channels. */
  'routed',
  'acknowledged',
  /** The acknowledgement was taken back: nobody is at it. */
  'unacknowledged',
  'resolved',
  /** Something about the project's rules of telling: a silence made or ended, a window. */
  'changed',
  /** A policy kept a flip from becoming an alert. */
  'damped',
  'incident',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface AlertEvent {
  projectId: number;
  alertId: number | null;
  kind: EventKind;
  /** Who, where it was a person or a key; else empty. */
  actor?: string;
  /** When, epoch ms; the command's instant unless given. */
  at?: number;
  detail: Record<string, unknown>;
}

const COLUMNS = ['project_id', 'alert_id', 'at', 'kind', 'actor', 'detail'] as const;

/** Writes events, in their order. */
export async function record(tx: Tx, events: readonly AlertEvent[]): Promise<void> {
  const rows = events.map(
    ({ projectId, alertId, at = tx.at, kind, actor = '', detail }): Values => [
      projectId,
      alertId,
      at,
      kind,
      actor,
      JSON.stringify(detail),
    ],
  );
  await tx.bulk.insert('alert_events', COLUMNS, rows);
}
