/** What a check's flip says as an alert. */
import type { Kysely } from 'kysely';
import type { CheckRow, Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import type { Check } from './model.ts';
import { policiesOf } from './policies.ts';

/** An alert as the checks post it; the alert core declares the same shape. */
export interface CheckAlert {
  projectId: number;
  environment: string;
  source: 'check';
  identity: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  generatorUrl: string;
  check: { id: number; flipId: string | null };
  startsAt: number;
  endsAt: number | null;
  timedOut: boolean;
  /** Why nobody is told of its end. */
  quiet?: string;
}

/** A flip that is an alert, or ends one, with the check as it is after it; `id` null = it is not kept any more. */
export interface ToldFlip {
  flip: { id: string | null; created_at: number; new_status: string; reason: string };
  check: Check;
}

/** What of a check is not needed by its status machine, but by people. */
export type CheckNames = Pick<
  CheckRow,
  'id' | 'name' | 'slug' | 'tags' | 'environment' | 'unique_key' | 'project_id' | 'policies'
> & { project: string };

/** Bytes of a ping's body that go into the annotations. */
const EXCERPT = 500;
const TIER = /^tier(\d+)$/;
const SEVERITY_OF_TIER: Record<string, string> = { '1': 'critical', '2': 'warning' };
/** `name=value` and `name:value`, with a label's name. */
const LABEL_TAG = /^([A-Za-z_][A-Za-z0-9_]*)[=:](.+)$/;

export async function namesOf(
  db: Kysely<Database>,
  checkIds: readonly number[],
): Promise<Map<number, CheckNames>> {
  const rows = await db
    .selectFrom('checks')
    .select(['id', 'name', 'slug', 'tags', 'environment', 'unique_key', 'project_id', 'policies'])
    .where('id', 'in', checkIds)
    .execute();
  const projects = await projectNames(db, [...new Set(rows.map((row) => row.project_id))]);
  return new Map(rows.map((row) => [row.id, { ...row, project: projects.get(row.project_id) ?? '' }]));
}

async function projectNames(db: Kysely<Database>, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('projects').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/**
 * The labels of a check's alerts: its tags of the form `name=value` first, so that none of them can pass for
 * what the check is. A severity among them overrides that of the tier, and the check's policy overrides both;
 * alerts about runs are warnings without it.
 */
export function labelsOf(check: CheckNames, alertname: string): Record<string, string> {
  const tags = check.tags.split(' ').filter((tag) => tag !== '');
  const tier = tags.map((tag) => TIER.exec(tag)?.[1]).find((found) => found !== undefined);
  const labels = labelTags(tags);
  const usual = alertname === 'CheckDown' ? labels['severity'] : 'warning';
  const severity = policiesOf(check).severity ?? usual ?? SEVERITY_OF_TIER[tier ?? ''] ?? 'error';
  // In the order of their names: labels are kept sorted, and these are the labels of most alerts.
  setLabel(labels, 'alertname', alertname);
  setLabel(labels, 'check', check.name || check.slug || 'unnamed');
  setLabel(labels, 'check_key', check.unique_key);
  setLabel(labels, 'environment', check.environment);
  setLabel(labels, 'project', check.project);
  setLabel(labels, 'severity', severity);
  setLabel(labels, 'slug', check.slug);
  setLabel(labels, 'tags', tags.join(' '));
  setLabel(labels, 'tier', tier ?? '');
  return labels;
}

/** An empty label is none, whatever a tag says. */
function setLabel(labels: Record<string, string>, name: string, value: string): void {
  if (value !== '') labels[name] = value;
  else if (Object.hasOwn(labels, name)) delete labels[name];
}

function labelTags(tags: readonly string[]): Record<string, string> {
  if (tags.length === 0) return {};
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const [, name, value] = LABEL_TAG.exec(tag) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

export function identityOf(checkId: number, alertname: string): string {
  return `${alertname}/${checkId}`;
}

/** The alerts that flips raise or end: down posts `CheckDown`, up ends it. */
export async function alertsOfFlips(tx: Tx, flips: readonly ToldFlip[]): Promise<CheckAlert[]> {
  if (flips.length === 0) return [];
  const names = await namesOf(tx.db, [...new Set(flips.map(({ check }) => check.check_id))]);
  const downs = flips.filter(({ flip }) => flip.new_status === 'down').map(({ check }) => check);
  const excerpts = await excerptsOf(tx.db, downs);
  return flips.flatMap(({ flip, check }) => {
    const own = names.get(check.check_id);
    if (own === undefined) return [];
    const isDown = flip.new_status === 'down';
    return [
      {
        projectId: own.project_id,
        environment: own.environment,
        source: 'check' as const,
        identity: identityOf(own.id, 'CheckDown'),
        labels: labelsOf(own, 'CheckDown'),
        annotations: isDown ? annotationsOf(check, flip.reason, excerpts.get(own.id)) : {},
        generatorUrl: '',
        check: { id: own.id, flipId: flip.id },
        startsAt: flip.created_at,
        // The flip may be dated ahead of the clock's last reading: what it ends is over now.
        endsAt: isDown ? null : Math.min(flip.created_at, tx.at),
        timedOut: false,
      },
    ];
  });
}

const REASONS: Record<string, string> = {
  timeout: 'no success was reported in time, grace time included',
  fail: 'the job reported a failure',
};

/** The last words about a check. */
interface Excerpt {
  text: string;
  /** Our own probe said them: one sentence that tells why. */
  isProbe: boolean;
}

function annotationsOf(check: Check, reason: string, excerpt: Excerpt | undefined): Record<string, string> {
  const annotations: Record<string, string> = {};
  const text = excerpt?.text ?? '';
  if (text !== '') annotations['body'] = text;
  if (check.last_ping !== null) annotations['last_ping'] = new Date(check.last_ping).toISOString();
  annotations['reason'] = reason;
  const isSaid = reason === 'fail' && excerpt?.isProbe === true && text !== '';
  annotations['summary'] = isSaid ? text : (REASONS[reason] ?? reason);
  return annotations;
}

/** The beginning of the last ping's body of each check, by the check's id. */
async function excerptsOf(db: Kysely<Database>, checks: readonly Check[]): Promise<Map<number, Excerpt>> {
  if (checks.length === 0) return new Map();
  const rows = await db
    .selectFrom('pings')
    .innerJoin('check_states', (join) =>
      join
        .onRef('check_states.check_id', '=', 'pings.check_id')
        .onRef('check_states.n_pings', '=', 'pings.n'),
    )
    .select(['pings.check_id', 'pings.scheme'])
    .select((e) => e.fn<Uint8Array>('substr', ['pings.body', e.lit(1), e.lit(EXCERPT)]).as('part'))
    .where(
      'check_states.check_id',
      'in',
      checks.map((check) => check.check_id),
    )
    // SQLite takes no part of an empty blob, but gives an empty text.
    .where((e) => e(e.fn<number>('length', ['pings.body']), '>', 0))
    .execute();
  return new Map(
    rows.map((row) => [row.check_id, { text: printable(row.part), isProbe: row.scheme === 'probe' }]),
  );
}

/** Without the control characters that no label or mail may hold; line ends and tabs stay. */
function printable(bytes: Uint8Array): string {
  // As of a stream: half a character at the end is left out.
  return new TextDecoder()
    .decode(bytes, { stream: bytes.length === EXCERPT })
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '');
}
