/** Commands that make, change and end silences: the rules are Alertmanager's. */
import { AppError } from '../errors.ts';
import type { SilenceRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { record } from './ledger.ts';
import { instructionsOf, type Matcher, MOST_INSTRUCTIONS, matcherText, requireMatchers } from './matchers.ts';
import { requireProject } from './require-project.ts';
import { reviewHeldBy } from './review.ts';
import { planNotice } from './silence-notice.ts';

/** Silences of one project that are not over. */
const MOST_SILENCES = 1_000;
/** Characters of its matchers that the ledger keeps. */
const SHOWN = 2_000;

export interface SilenceRef {
  projectId: number;
  code: string;
  /** Who does it, for the ledger. */
  actor?: string;
}

/** A silence as somebody wants it; epoch ms. */
export interface SilenceInput {
  projectId: number;
  /** The one to change; null = a new one. */
  code: string | null;
  matchers: readonly Matcher[];
  /** Null: from now on, or as it was where it began already. */
  startsAt: number | null;
  endsAt: number;
  author: string;
  comment: string;
  /** Who does it, for the ledger. */
  actor?: string;
}

export type SilenceState = 'active' | 'pending' | 'expired';

export function silenceState({ starts_at, ends_at }: SilenceTimes, now: number): SilenceState {
  if (now >= ends_at) return 'expired';
  return now < starts_at ? 'pending' : 'active';
}

type SilenceTimes = Pick<SilenceRow, 'starts_at' | 'ends_at'>;

/**
 * Makes a silence or changes one. It keeps its id while its matchers stay the same, in their order, and no part
 * of the past would change; otherwise the old one ends and a new one is returned.
 * @throws AppError `invalid` for matchers or times that make no sense, and for expressions that are too large beside
 * those of the project's other silences, `conflict` at the bound of their number, `not_found`.
 */
export async function setSilence(tx: Tx, input: SilenceInput): Promise<SilenceRow> {
  requireMatchers(input.matchers);
  const old = input.code === null ? null : await ownSilence(tx, { ...input, code: input.code });
  const times = timesOf(input, old, tx.at);
  await requireCheap(tx, input, old);
  const matchers = JSON.stringify(input.matchers.map(ordered));
  const values = { matchers, author: input.author, comment: input.comment, ...times, updated_at: tx.at };
  if (old !== null && staysItself(old, values, tx.at, input.startsAt)) return changed(tx, old, values, input);
  if (old !== null && silenceState(old, tx.at) !== 'expired') await end(tx, old, input);
  return made(tx, values, input);
}

function timesOf(input: SilenceInput, old: SilenceRow | null, now: number): SilenceTimes {
  const before = old !== null && silenceState(old, now) !== 'expired' ? old.starts_at : null;
  const wanted = input.startsAt ?? before ?? now;
  const isAsItWas = before !== null && sameSecond(before, wanted);
  const starts_at = isAsItWas ? before : Math.max(wanted, now);
  if (input.endsAt <= now) throw refused('ends_at', 'is in the past');
  if (input.endsAt <= starts_at) throw refused('ends_at', 'is not after starts_at');
  return { starts_at, ends_at: input.endsAt };
}

type Values = Pick<SilenceRow, 'matchers' | 'author' | 'comment' | 'starts_at' | 'ends_at' | 'updated_at'>;

/** `wanted`: its start as it was asked for. */
function staysItself(old: SilenceRow, values: Values, now: number, wanted: number | null): boolean {
  if (old.matchers !== values.matchers) return false;
  const state = silenceState(old, now);
  if (state === 'pending') return wanted === null || wanted >= now;
  return state === 'active' && sameSecond(old.starts_at, values.starts_at);
}

function sameSecond(one: number, other: number): boolean {
  return Math.floor(one / 1000) === Math.floor(other / 1000);
}

/** Its keys in one order, so that equal matchers are equal texts. */
function ordered({ name, value, isRegex, isEqual }: Matcher): Matcher {
  return { name, value, isRegex, isEqual };
}

async function made(tx: Tx, values: Values, { projectId, actor }: SilenceInput): Promise<SilenceRow> {
  await requireProject(tx, projectId);
  await requireRoom(tx, projectId);
  const silence = await tx.db
    .insertInto('silences')
    .values({ code: tx.newId(), project_id: projectId, ...values, created_at: tx.at, noticed_at: null })
    .returningAll()
    .executeTakeFirstOrThrow();
  await planNotice(tx, silence);
  await tell(tx, silence, 'created', actor);
  return silence;
}

async function changed(
  tx: Tx,
  old: SilenceRow,
  values: Values,
  { actor }: SilenceInput,
): Promise<SilenceRow> {
  // Whoever was told of its end is told again when the end is another one.
  const noticed_at = old.ends_at === values.ends_at ? old.noticed_at : null;
  const silence = { ...old, ...values, noticed_at };
  await tx.db
    .updateTable('silences')
    .set({ ...values, noticed_at })
    .where('id', '=', old.id)
    .execute();
  await planNotice(tx, silence);
  await reviewHeldBy(tx, silence.project_id, silence.code);
  await tell(tx, silence, 'changed', actor);
  return silence;
}

/** Ends a silence now; what only it held is told at once. One that is over stays as it is. @throws AppError `not_found` */
export async function expireSilence(tx: Tx, ref: SilenceRef): Promise<SilenceRow> {
  const silence = await ownSilence(tx, ref);
  return silenceState(silence, tx.at) === 'expired' ? silence : end(tx, silence, ref);
}

async function end(tx: Tx, old: SilenceRow, { actor }: { actor?: string }): Promise<SilenceRow> {
  const times = { starts_at: Math.min(old.starts_at, tx.at), ends_at: tx.at, updated_at: tx.at };
  const silence = { ...old, ...times };
  await tx.db.updateTable('silences').set(times).where('id', '=', old.id).execute();
  await planNotice(tx, silence);
  await reviewHeldBy(tx, silence.project_id, silence.code);
  await tell(tx, silence, 'expired', actor);
  return silence;
}

async function ownSilence(tx: Tx, { projectId, code }: SilenceRef): Promise<SilenceRow> {
  const silence = await tx.db
    .selectFrom('silences')
    .selectAll()
    .where('code', '=', code)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (silence === undefined) throw new AppError('not_found', 'no such silence');
  return silence;
}

async function requireRoom(tx: Tx, projectId: number): Promise<void> {
  const { count } = await tx.db
    .selectFrom('silences')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .where('ends_at', '>', tx.at)
    .executeTakeFirstOrThrow();
  if (count < MOST_SILENCES) return;
  throw new AppError('conflict', `a project has ${MOST_SILENCES} silences at most that are not over`);
}

/** Every alert is looked at by all silences of its project: together they have a bound, too. */
async function requireCheap(
  tx: Tx,
  { projectId, matchers }: SilenceInput,
  old: SilenceRow | null,
): Promise<void> {
  const own = instructionsOf(matchers);
  if (own === 0) return;
  const others = await tx.db
    .selectFrom('silences')
    .select('matchers')
    .where('project_id', '=', projectId)
    .where('ends_at', '>', tx.at)
    .where('id', '!=', old?.id ?? 0)
    .where('matchers', 'like', '%"isRegex":true%')
    .execute();
  const used = others.reduce((sum, row) => sum + instructionsOf(JSON.parse(row.matchers) as Matcher[]), 0);
  if (used + own <= MOST_INSTRUCTIONS) return;
  throw refused(
    'matchers',
    `holds regular expressions of ${own} instructions; those of the project's other silences have ${used}, and all ` +
      `together may have ${MOST_INSTRUCTIONS}: end some, or match equal values`,
  );
}

async function tell(tx: Tx, silence: SilenceRow, what: string, actor = ''): Promise<void> {
  const { project_id: projectId, code, author, comment, starts_at, ends_at } = silence;
  const matchers = (JSON.parse(silence.matchers) as Matcher[]).map(matcherText).join(', ').slice(0, SHOWN);
  const detail = { silence: code, what, matchers, author, comment, starts_at, ends_at };
  await record(tx, [{ projectId, alertId: null, kind: 'changed', actor, detail }]);
  tx.emit({ type: 'changed', noun: 'silence', project: projectId, ids: [code] });
}

function refused(field: string, message: string): AppError {
  return new AppError('invalid', `${field} ${message}`, { field });
}
