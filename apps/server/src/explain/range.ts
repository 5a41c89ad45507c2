/** "Why was nobody paged?": what happened in a project in some time, whom it told, and if nobody, why. */
import type { Kysely } from 'kysely';
import { instantText } from '../notify/texts/texts.ts';
import type { Database } from '../store/schema.ts';
import { deliveryVerdict } from './delivery-sentences.ts';
import { untoldFlips } from './flips.ts';
import {
  alertTitle,
  changedText,
  type Detail,
  dampedText,
  raisedText,
  type StoryAlert,
} from './sentences.ts';
import { type AlertDelivery, deliveriesOf, eventText, type Story, type StoryEntry } from './story.ts';
import { type StoryWords, wordsIn } from './words/words.ts';

export interface ExplainedRange {
  projectId: number;
  /** Only what concerns this check; null = everything. */
  check: { id: number; code: string } | null;
  /** Epoch ms. */
  from: number;
  until: number;
}

/** Messages looked at to say how each of them went. */
const MOST_DELIVERIES = 10_000;

/** The oldest `most` things that happened in the range, in some words. */
export async function explainRange(
  db: Kysely<Database>,
  range: ExplainedRange,
  most: number,
  words: StoryWords = wordsIn('en'),
): Promise<Story> {
  const limit = most + 1;
  const parts = [
    await outages(db, range, limit, words),
    await decisions(db, range, limit, words),
    await untoldFlips(db, range, limit, words),
  ];
  const entries = parts.flat().sort((one, other) => one.at - other.at);
  return { entries: entries.slice(0, most), cut: entries.length > most };
}

/** The times in which nobody watched. */
async function outages(
  db: Kysely<Database>,
  range: ExplainedRange,
  limit: number,
  words: StoryWords,
): Promise<StoryEntry[]> {
  const rows = await db
    .selectFrom('outages')
    .selectAll()
    .where('to_at', '>=', range.from)
    .where('from_at', '<', range.until)
    .orderBy('from_at')
    .limit(limit)
    .execute();
  return rows.map(({ from_at: from, to_at: to, moved }) => ({
    at: Math.max(from, range.from),
    kind: 'outage',
    text: words.away(instantText(to), moved),
    alertId: null,
    detail: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), moved },
  }));
}

type Event = Awaited<ReturnType<typeof eventsIn>>[number];

async function eventsIn(db: Kysely<Database>, range: ExplainedRange, limit: number) {
  let query = db
    .selectFrom('alert_events as e')
    .leftJoin('alerts as a', 'a.id', 'e.alert_id')
    .select(['e.at', 'e.kind', 'e.actor', 'e.alert_id', 'e.detail'])
    .select(['a.name', 'a.source', 'a.drill', 'a.labels', 'a.annotations'])
    .where('e.project_id', '=', range.projectId)
    .where('e.at', '>=', range.from)
    .where('e.at', '<', range.until);
  const { check } = range;
  if (check !== null) {
    query = query.where((e) =>
      e.or([
        e('a.check_id', '=', check.id),
        e('e.kind', '=', 'changed'),
        e.and([e('e.kind', '=', 'damped'), e('e.detail', 'like', `%"check":"${check.code}"%`)]),
      ]),
    );
  }
  return query.orderBy('e.at').orderBy('e.id').limit(limit).execute();
}

/** What was decided, and how the messages went that followed from it. */
async function decisions(
  db: Kysely<Database>,
  range: ExplainedRange,
  limit: number,
  words: StoryWords,
): Promise<StoryEntry[]> {
  const events = (await eventsIn(db, range, limit)).map((event) => ({
    ...event,
    detail: JSON.parse(event.detail) as Detail,
  }));
  const told = events.filter(({ kind }) => TELLING.has(kind)).flatMap((event) => event.alert_id ?? []);
  const deliveries = told.length === 0 ? [] : await deliveriesOf(db, [...new Set(told)], MOST_DELIVERIES);
  const byAlert = Map.groupBy(deliveries, (delivery) => delivery.alertId ?? 0);
  const checks = await checkNames(
    db,
    events.flatMap(({ detail }) => (typeof detail['check'] === 'string' ? [detail['check']] : [])),
    words,
  );
  return events.map((event) => ({
    at: event.at,
    kind: event.kind,
    text: textOf(event, byAlert.get(event.alert_id ?? 0) ?? [], checks, words),
    alertId: event.alert_id,
    detail: event.detail,
  }));
}

/** Events from which messages follow. */
const TELLING = new Set(['raised', 'released', 'routed', 'resolved']);

function textOf(
  event: Omit<Event, 'detail'> & { detail: Detail },
  deliveries: readonly AlertDelivery[],
  checks: ReadonlyMap<string, string>,
  words: StoryWords,
): string {
  const { kind, actor, detail } = event;
  if (kind === 'changed') return changedText(actor, detail, words);
  if (kind === 'damped') {
    return dampedText(checks.get(String(detail['check'])) ?? words.deletedCheck, detail, words);
  }
  const alert = alertOf(event);
  const title = alert === null ? words.lostAlert : alertTitle(alert, words);
  const told = verdicts(deliveries, kind === 'resolved' ? 'resolved' : 'firing', words);
  if (kind === 'raised') {
    const raised = alert === null ? words.raised(title, '') : raisedText(alert, words);
    const next = 'held' in detail ? 'held' : 'routed';
    return `${raised} ${eventText({ kind: next, actor, detail }, words)}${next === 'held' ? '' : told}`;
  }
  return `${title}${words.colon}${eventText(event, words)}${TELLING.has(kind) ? told : ''}`;
}

/** How the messages of one kind went; nothing where there are none. */
function verdicts(deliveries: readonly AlertDelivery[], kind: string, words: StoryWords): string {
  const own = deliveries.filter((delivery) => delivery.kind === kind);
  return own.length === 0 ? '' : ` ${own.map((one) => deliveryVerdict(one, words)).join('; ')}.`;
}

function alertOf({
  alert_id: id,
  name,
  source,
  drill,
  labels,
  annotations,
}: Omit<Event, 'detail'>): StoryAlert | null {
  if (id === null || name === null || source === null || labels === null || annotations === null) return null;
  return {
    id,
    name,
    source,
    drill: drill ?? 0,
    labels: JSON.parse(labels) as StoryAlert['labels'],
    annotations: JSON.parse(annotations) as StoryAlert['annotations'],
  };
}

/** Names of checks by their UUID. */
async function checkNames(
  db: Kysely<Database>,
  codes: readonly string[],
  words: StoryWords,
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await db
    .selectFrom('checks')
    .select(['code', 'name', 'slug'])
    .where('code', 'in', [...new Set(codes)])
    .execute();
  return new Map(rows.map(({ code, name, slug }) => [code, name || slug || words.unnamedCheck]));
}
