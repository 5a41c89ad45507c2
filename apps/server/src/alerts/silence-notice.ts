/** Saying in time that a silence ends while it still hides something. The rows of `work` say when. */
import type { SilenceRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { dropWork, nextDue, requestWork, takeDue } from '../work/queue.ts';
import { type FiringAlert, firingAlertsOf } from './firing.ts';
import { record } from './ledger.ts';
import { testOf } from './matchers.ts';
import type { Reviewed } from './review.ts';
import { Steps } from './steps.ts';

/** The kind of work whose keys are codes of silences. */
export const SILENCE_WORK = 'silence';

/** Milliseconds before its end at which it is told, unless a quarter of its length is less. */
const LONGEST_NOTICE = 3_600_000;
/** Silences looked at in one transaction: each look may read thousands of alerts, and pings wait meanwhile. */
const BATCH = 1;
/** Alerts for which it is asked whom they would be told to. */
const MOST_ALERTS = 1_000;
/** Steps of expressions of one look: 150 ms at worst. What is hidden beyond them is not told of. */
const MOST_STEPS = 5_000_000;

/** Queues a message that a silence ends soon to whoever would get these alerts; says to which channels. */
export type TellEnding = (
  tx: Tx,
  silence: Pick<SilenceRow, 'code' | 'project_id' | 'ends_at'>,
  alerts: readonly FiringAlert[],
) => Promise<{ code: string; name: string }[]>;

type Times = Pick<SilenceRow, 'starts_at' | 'ends_at'>;

function noticeAt({ starts_at, ends_at }: Times): number {
  return Math.round(ends_at - Math.min(LONGEST_NOTICE, (ends_at - starts_at) / 4));
}

/** Asks for a look at a silence before its end, in place of one that was asked for before. */
export async function planNotice(tx: Tx, silence: SilenceRow): Promise<void> {
  await dropWork(tx, SILENCE_WORK, silence.code);
  if (silence.ends_at <= tx.at || silence.noticed_at !== null) return;
  await requestWork(tx, SILENCE_WORK, [silence.code], noticeAt(silence));
}

/** Tells of the silences that end soon and still hide something: each once, in the transaction that marks it. */
export async function reviewSilences(tx: Tx, tell: TellEnding): Promise<Reviewed> {
  const codes = await takeDue(tx, SILENCE_WORK, BATCH);
  if (codes.length > 0) {
    const rows = await tx.db
      .selectFrom('silences')
      .selectAll()
      .where('code', 'in', codes)
      .where('ends_at', '>', tx.at)
      .where('noticed_at', 'is', null)
      .orderBy('id')
      .execute();
    for (const silence of rows) await look(tx, silence, tell);
  }
  return { count: codes.length, next: await nextDue(tx, SILENCE_WORK) };
}

/** After the wall clock stepped, and `work` with it: silences follow the wall clock, so all are looked at anew. */
export async function shiftSilences(tx: Tx): Promise<void> {
  await tx.db.updateTable('work').set({ due_at: tx.at }).where('kind', '=', SILENCE_WORK).execute();
  tx.emit({ type: 'work', kind: SILENCE_WORK, at: tx.at });
}

async function look(tx: Tx, silence: SilenceRow, tell: TellEnding): Promise<void> {
  // The clock was set since.
  if (noticeAt(silence) > tx.at) return planNotice(tx, silence);
  const alerts = await hiddenBy(tx, silence);
  if (alerts.length === 0) return;
  const channels = await tell(tx, silence, alerts);
  await tx.db.updateTable('silences').set({ noticed_at: tx.at }).where('id', '=', silence.id).execute();
  const detail = { silence: silence.code, what: 'ends soon', hides: alerts.length, channels };
  await record(tx, [{ projectId: silence.project_id, alertId: null, kind: 'changed', detail }]);
}

async function hiddenBy(tx: Tx, { project_id, matchers }: SilenceRow): Promise<FiringAlert[]> {
  const test = testOf(matchers);
  const steps = Steps.forCall(MOST_STEPS);
  const hidden: FiringAlert[] = [];
  for await (const page of firingAlertsOf(tx.db, project_id)) {
    hidden.push(...page.filter(({ labels }) => test(labels, steps.ofAlert())));
    if (hidden.length >= MOST_ALERTS) break;
  }
  return hidden.slice(0, MOST_ALERTS);
}
