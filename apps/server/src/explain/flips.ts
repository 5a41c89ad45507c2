/** Outages of checks that raised no alert. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { ExplainedRange } from './range.ts';
import type { StoryEntry } from './story.ts';
import { worded } from './words/phrases.ts';
import type { StoryWords } from './words/words.ts';

/** The oldest flips to down in the range of which no alert tells; those that a policy kept back say so elsewhere. */
export async function untoldFlips(
  db: Kysely<Database>,
  range: ExplainedRange,
  limit: number,
  words: StoryWords,
): Promise<StoryEntry[]> {
  const entries: StoryEntry[] = [];
  let after = { at: range.from, id: '' };
  for (;;) {
    const flips = await downsAfter(db, range, after, limit);
    const told = await toldBy(db, range.projectId, flips);
    for (const flip of flips) {
      if (entries.length < limit && !told.has(flip.id)) entries.push(entryOf(flip, words));
    }
    const last = flips.at(-1);
    if (last === undefined || flips.length < limit || entries.length >= limit) return entries;
    after = { at: last.created_at, id: last.id };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type Flip = Awaited<ReturnType<typeof downsAfter>>[number];

async function downsAfter(
  db: Kysely<Database>,
  range: ExplainedRange,
  after: { at: number; id: string },
  limit: number,
) {
  let query = db
    .selectFrom('flips')
    .innerJoin('checks', 'checks.id', 'flips.check_id')
    .select(['flips.id', 'flips.created_at', 'flips.reason', 'flips.check_id'])
    .leftJoin('probes', 'probes.check_id', 'flips.check_id')
    .select(['checks.code', 'checks.name', 'checks.slug', 'probes.kind as probe'])
    .where('checks.project_id', '=', range.projectId)
    .where('flips.new_status', '=', 'down')
    .where('flips.created_at', '>=', after.at)
    .where('flips.created_at', '<', range.until)
    .where((e) => e.or([e('flips.created_at', '>', after.at), e('flips.id', '>', after.id)]));
  if (range.check !== null) query = query.where('flips.check_id', '=', range.check.id);
  return query.orderBy('flips.created_at').orderBy('flips.id').limit(limit).execute();
}

/** Of these flips, those of which an alert tells. */
async function toldBy(
  db: Kysely<Database>,
  projectId: number,
  flips: readonly Flip[],
): Promise<ReadonlySet<string | null>> {
  if (flips.length === 0) return new Set();
  const rows = await db
    .selectFrom('alerts')
    .select('flip_id')
    .where('project_id', '=', projectId)
    .where(
      'flip_id',
      'in',
      flips.map(({ id }) => id),
    )
    .execute();
  return new Set(rows.map((row) => row.flip_id));
}

const REASONS: Record<string, string> = {
  timeout: 'no success was reported in time',
  fail: 'the job reported a failure',
};

/** The same where a probe of ours reports in place of a job. */
const PROBE_REASONS: Record<string, string> = {
  ...REASONS,
  fail: 'its probe found the service unwell',
};

function entryOf(flip: Flip, words: StoryWords): StoryEntry {
  const name = flip.name || flip.slug || words.someCheck;
  const reason = worded(
    (flip.probe === null ? REASONS : PROBE_REASONS)[flip.reason] ?? flip.reason,
    words.language,
  );
  return {
    at: flip.created_at,
    kind: 'flip',
    text: words.flip(name, reason),
    alertId: null,
    detail: { check: flip.code, reason: flip.reason },
  };
}
