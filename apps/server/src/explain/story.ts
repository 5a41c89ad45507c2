/** The whole account of alerts: what was decided, who was told, what the providers answered, in order of time. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { digestText, type StoryDelivery, tryText, untriedText } from './delivery-sentences.ts';
import {
  acknowledgedText,
  type Detail,
  heldText,
  incidentText,
  raisedText,
  releasedText,
  resolvedText,
  routedText,
  type StoryAlert,
  unacknowledgedText,
} from './sentences.ts';
import { type StoryWords, wordsIn } from './words/words.ts';

/** One thing that happened, or was decided. */
export interface StoryEntry {
  /** Epoch ms. */
  at: number;
  kind: string;
  /** One plain sentence. */
  text: string;
  alertId: number | null;
  detail: Detail;
}

/** A story, oldest first; `cut`: there is more than `most` entries. */
export interface Story {
  entries: StoryEntry[];
  cut: boolean;
}

/** Everything that happened to these alerts, the oldest `most` entries of it, in some words. */
export async function storyOf(
  db: Kysely<Database>,
  alerts: readonly StoryAlert[],
  most: number,
  words: StoryWords = wordsIn('en'),
): Promise<Story> {
  if (alerts.length === 0) return { entries: [], cut: false };
  const known = new Map(alerts.map((alert) => [alert.id, alert]));
  const ids = [...known.keys()];
  const events = await eventsOf(db, ids, most + 1);
  const told = events.flatMap((event) => {
    const alert = known.get(event.alert_id ?? 0);
    return alert === undefined ? [] : entriesOf(event, alert, words);
  });
  const sent = await triesOf(db, ids, most + 1, words);
  // Stable: at one instant decisions come before the messages that follow from them.
  const entries = [...told, ...sent].sort((one, other) => one.at - other.at);
  return { entries: entries.slice(0, most), cut: entries.length > most };
}

async function eventsOf(db: Kysely<Database>, ids: readonly number[], limit: number) {
  return db
    .selectFrom('alert_events')
    .selectAll()
    .where('alert_id', 'in', ids)
    .orderBy('at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** An event of the ledger, as far as a story needs it. */
export interface StoryEvent {
  at: number;
  kind: string;
  actor: string;
  alert_id: number | null;
  /** JSON object. */
  detail: string;
}

/** What an event says: that it was raised and who was told are two things. */
function entriesOf(
  { at, kind, actor, detail: stored }: StoryEvent,
  alert: StoryAlert,
  words: StoryWords,
): StoryEntry[] {
  const detail = JSON.parse(stored) as Detail;
  const entry = (own: string, text: string, more: Detail = detail): StoryEntry => ({
    at,
    kind: own,
    text,
    alertId: alert.id,
    detail: more,
  });
  if (kind !== 'raised') return [entry(kind, eventText({ kind, actor, detail }, words))];
  const { labels, annotations } = alert;
  const next = 'held' in detail ? 'held' : 'routed';
  return [
    entry('raised', raisedText(alert, words), { labels, annotations }),
    entry(next, eventText({ kind: next, actor, detail }, words)),
  ];
}

/** What happened to an alert that was raised before. */
export function eventText(
  { kind, actor, detail }: { kind: string; actor: string; detail: Detail },
  words: StoryWords,
): string {
  if (kind === 'released') return releasedText(detail, words);
  if (kind === 'held') return heldText(detail, words);
  if (kind === 'routed') return routedText(detail, words);
  if (kind === 'resolved') return resolvedText(detail, words);
  if (kind === 'acknowledged') return acknowledgedText(actor, detail, words);
  if (kind === 'unacknowledged') return unacknowledgedText(actor, words);
  if (kind === 'incident') return incidentText(detail, words);
  return `${kind}.`;
}

/** Every try of every message, and the messages that were not tried. */
async function triesOf(
  db: Kysely<Database>,
  ids: readonly number[],
  limit: number,
  words: StoryWords,
): Promise<StoryEntry[]> {
  const deliveries = await deliveriesOf(db, ids, limit);
  if (deliveries.length === 0) return [];
  const tries = await db
    .selectFrom('delivery_attempts')
    .selectAll()
    .where(
      'delivery_id',
      'in',
      deliveries.map(({ id }) => id),
    )
    .orderBy('at')
    .orderBy('n')
    .limit(limit)
    .execute();
  const own = Map.groupBy(tries, (one) => one.delivery_id);
  return deliveries.flatMap((delivery): StoryEntry[] => {
    const channel = { channel: delivery.channel, channel_name: delivery.channelName, key: delivery.key };
    const made = own.get(delivery.id) ?? [];
    if (made.length === 0) {
      const at = delivery.finishedAt ?? delivery.createdAt;
      const common = {
        kind: 'message',
        alertId: delivery.alertId,
        detail: { ...channel, state: delivery.state },
      };
      const digest = digestText(delivery, words);
      return [
        { ...common, at, text: untriedText(delivery, words) },
        ...(digest === null ? [] : [{ ...common, at: delivery.digest?.finishedAt ?? at, text: digest }]),
      ];
    }
    return made.map((one) => ({
      // When its answer was there.
      at: one.at + one.duration,
      kind: 'message',
      text: tryText(delivery, one, words),
      alertId: delivery.alertId,
      detail: {
        ...channel,
        try: one.n,
        outcome: one.outcome,
        answer: one.answer,
        seconds: one.duration / 1000,
      },
    }));
  });
}

/** A message to a channel about an alert. */
export interface AlertDelivery extends StoryDelivery {
  id: number;
  alertId: number | null;
  key: string;
  /** The channel's public id; null = it was deleted. */
  channel: string | null;
  createdAt: number;
  finishedAt: number | null;
}

/** Messages about these alerts, oldest first. */
export async function deliveriesOf(
  db: Kysely<Database>,
  alertIds: readonly number[],
  limit: number,
): Promise<AlertDelivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .leftJoin('channels', 'channels.id', 'deliveries.channel_id')
    // What is gathered lies in the lane that is named after its digest.
    .leftJoin('deliveries as digest', (join) =>
      join.onRef('digest.key', '=', 'deliveries.lane').on('deliveries.state', '=', 'gathered'),
    )
    .selectAll('deliveries')
    .select(['channels.code as channel_code', 'channels.name as channel_name'])
    .select([
      'digest.state as digest_state',
      'digest.finished_at as digest_finished_at',
      'digest.answer as digest_answer',
      'digest.error as digest_error',
    ])
    .where('deliveries.alert_id', 'in', alertIds)
    .orderBy('deliveries.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    alertId: row.alert_id,
    key: row.key,
    kind: row.kind,
    state: row.state,
    channel: row.channel_code,
    channelName: row.channel_name,
    attempts: row.attempts,
    answer: row.error || row.answer,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    digest:
      row.digest_state === null
        ? null
        : {
            state: row.digest_state,
            finishedAt: row.digest_finished_at,
            answer: row.digest_error || row.digest_answer || '',
          },
  }));
}
