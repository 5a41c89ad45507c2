/** Alerts and what happened to them as the native API shows them. */
import type { Alert, StoryEntry as ShownEntry } from '@vigie/contract';
import type { Kysely } from 'kysely';
import { actorText } from '../../accounts/actor-text.ts';
import type { Grant } from '../../accounts/identity.ts';
import { type Hold, holdsFrom } from '../../alerts/holds.ts';
import { ALERT_SOURCES, SEVERITIES } from '../../alerts/model.ts';
import type { ListedAlert } from '../../alerts/read-alerts.ts';
import { silencesOf } from '../../alerts/silenced-by.ts';
import { alertTitle, type StoryAlert } from '../../explain/sentences.ts';
import type { StoryEntry } from '../../explain/story.ts';
import { alertSummary } from '../../explain/words/alert-summary.ts';
import { typeset } from '../../explain/words/typeset.ts';
import { wordsIn } from '../../explain/words/words.ts';
import type { Language } from '../../notify/texts/texts.ts';
import type { Database, SilenceRow } from '../../store/schema.ts';
import { checkId } from './check-views.ts';
import { instant, instantOrNull } from './format.ts';

export interface AlertView {
  db: Kysely<Database>;
  project: { id: number; code: string };
  /** Epoch ms. */
  now: number;
  grant: Grant;
  /** Of who reads it. */
  language: Language;
}

type Texts = Record<string, string>;

/** Alerts with everything that is known of them. */
export async function presentAlerts(rows: readonly ListedAlert[], view: AlertView): Promise<Alert[]> {
  const holds = rows.map((row) => holdsFrom(row.held));
  const ids = await shownIds(
    view,
    holds.flat().flatMap(({ by, id }) => (by === 'dependency' ? [id] : [])),
  );
  const firing = rows.filter(({ state }) => state === 'firing');
  const labels = firing.map((row) => JSON.parse(row.labels) as Texts);
  const silences = await silencesOf(view.db, view.project.id, labels, view.now);
  const silenced = new Map(firing.map(({ id }, i) => [id, silences[i] ?? null]));
  return rows.map((row, i) =>
    presentAlert(row, { holds: holds[i] ?? [], silence: silenced.get(row.id) ?? null, ids }, view),
  );
}

/** What is known of an alert besides its row. */
interface Around {
  holds: Hold[];
  silence: SilenceRow | null;
  ids: ShownIds;
}

function presentAlert(row: ListedAlert, { holds, silence, ids }: Around, view: AlertView): Alert {
  const { check_code: code, check_key: unique_key, name } = row;
  const { language } = view;
  const labels = JSON.parse(row.labels) as Texts;
  const annotations = JSON.parse(row.annotations) as Texts;
  return {
    id: String(row.id),
    project: view.project.code,
    environment: row.environment,
    source: ALERT_SOURCES.find((source) => source === row.source) ?? 'api',
    name,
    title: typeset(alertTitle({ name, labels }, wordsIn(language)), language),
    summary: typeset(alertSummary({ ...row, annotations }, language), language),
    severity: SEVERITIES.find((severity) => severity === row.severity) ?? 'error',
    state: row.state === 'resolved' ? 'resolved' : 'firing',
    labels,
    annotations: shownAnnotations(annotations, view.grant),
    generator_url: row.generator_url,
    fingerprint: row.fingerprint,
    check: code === null || unique_key === null ? null : checkId({ code, unique_key }, view.grant),
    starts_at: instant(row.starts_at),
    ends_at: instantOrNull(row.ends_at),
    raised_at: instant(row.raised_at),
    resolved_at: instantOrNull(row.resolved_at),
    updated_at: instant(row.updated_at),
    notified_at: instantOrNull(row.notified_at),
    untold: row.notified_at === null && row.held === '',
    held: row.state === 'firing' ? holds.map((hold) => presentHold(hold, ids)) : [],
    silenced:
      silence === null ? null : { id: silence.code, text: silence.comment, until: instant(silence.ends_at) },
    acknowledged:
      row.acked_at === null ? null : { at: instant(row.acked_at), by: actorText(row.acked_by, language) },
    incident: row.incident,
    drill: row.drill === 1,
  };
}

/** What a job sent is for who may read its pings. */
function shownAnnotations(annotations: Texts, grant: Grant): Texts {
  if (grant.may('ping.read')) return annotations;
  const { body: _, ...rest } = annotations;
  return rest;
}

/** UUIDs of checks to what may be shown in their place. */
type ShownIds = (code: string) => string;

/** A check's UUID is all that a ping needs: who may only look gets the key that names the check. */
async function shownIds({ db, grant }: AlertView, codes: readonly string[]): Promise<ShownIds> {
  if (grant.may('check.write')) return (code) => code;
  if (codes.length === 0) return () => '';
  const rows = await db
    .selectFrom('checks')
    .select(['code', 'unique_key'])
    .where('code', 'in', [...new Set(codes)])
    .execute();
  const keys = new Map(rows.map((row) => [row.code, row.unique_key]));
  return (code) => keys.get(code) ?? '';
}

function presentHold({ by, id, text, until }: Hold, ids: ShownIds): Alert['held'][number] {
  return { by, id: by === 'dependency' ? ids(id) : id, text, until: instant(until) };
}

/** What the sentences of a story need of an alert. */
export function storyAlert({ id, name, source, drill, labels, annotations }: ListedAlert): StoryAlert {
  return {
    id,
    name,
    source,
    drill,
    labels: JSON.parse(labels) as Texts,
    annotations: JSON.parse(annotations) as Texts,
  };
}

/** A story as whoever asks may see it. */
export async function presentStory(entries: readonly StoryEntry[], view: AlertView): Promise<ShownEntry[]> {
  const ids = await shownIds(
    view,
    entries.flatMap(({ detail }) => checksIn(detail)),
  );
  return entries.map(({ at, kind, text, alertId, detail }) => ({
    at: instant(at),
    kind,
    text: typeset(text, view.language),
    alert: alertId === null ? null : String(alertId),
    detail: shownDetail(detail, ids, view.grant),
  }));
}

function checksIn({ held, check }: StoryEntry['detail']): string[] {
  const parents = holdsIn(held).flatMap(({ by, id }) => (by === 'dependency' ? [id] : []));
  return typeof check === 'string' ? [check, ...parents] : parents;
}

function holdsIn(held: unknown): Hold[] {
  return Array.isArray(held) ? (held as Hold[]) : [];
}

function shownDetail(detail: StoryEntry['detail'], ids: ShownIds, grant: Grant): Record<string, unknown> {
  const { held, check, annotations, ...rest } = detail;
  return {
    ...rest,
    ...(held === undefined ? {} : { held: holdsIn(held).map((hold) => presentHold(hold, ids)) }),
    ...(typeof check === 'string' ? { check: ids(check) } : {}),
    ...(annotations === undefined ? {} : { annotations: shownAnnotations(annotations as Texts, grant) }),
  };
}
