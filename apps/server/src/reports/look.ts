/**
 * Asking for the reports that are due: rows of the queue of messages, made in the transaction that notes until
 * when it was looked, so that each report is asked for once, whatever node does it and however long none did.
 */
import type { Tx } from '../store/tx.ts';
import { planWork } from '../work/plan.ts';
import { nextDue, takeDue } from '../work/queue.ts';
import { dayOf, lastDue, PERIODS, type Period, periodBefore, zoneOf } from './period.ts';
import { wantedOf } from './subscriptions.ts';

/** The kind of work that is to look; there is one piece of it. */
export const REPORT_WORK = 'report';
const KEY = 'look';
/** Where it is noted in `settings` until when it was looked. */
const NOTE = 'reports.look';

/** Milliseconds between two looks: in every zone of today it is 08:00 at one of them. */
const EVERY = 15 * 60_000;
/** Members looked at in one transaction, and milliseconds until the next: no message about an alert waits for many. */
const PAGE = 100;
const PAUSE = 10_000;

/** A report about a project to a person. */
export interface AskedReport {
  /** Names what it is about: the same report is asked for once, however often it is looked. */
  key: string;
  projectId: number;
  userId: number;
}

/** Queues mails to people, each key once; wired to notifications. */
export type QueueReports = (tx: Tx, reports: readonly AskedReport[]) => Promise<void>;

export interface LookInput {
  /** Whether mail can be sent at all: without, nothing is asked for and nothing made up for later. */
  canSend: boolean;
}

interface Note {
  /** Epoch ms until which all was looked at. */
  from: number;
  /** Those that became due until then are being asked for, this far; null = none are. */
  open: { until: number; user: number; project: number } | null;
}

/** Asks for what became due since the last look, a page at a time. */
export async function lookForReports(
  tx: Tx,
  { canSend }: LookInput,
  queue: QueueReports,
): Promise<{ count: number; next: number | null }> {
  const taken = await takeDue(tx, REPORT_WORK, 1);
  const planned = await nextDue(tx, REPORT_WORK);
  if (taken.length === 0 && planned !== null) return { count: 0, next: planned };
  const note = await readNote(tx);
  const { left, next } = canSend
    ? await step(tx, note, queue)
    : { left: closed(tx.at), next: nextLook(tx.at) };
  await writeNote(tx, left);
  await planWork(tx, REPORT_WORK, [{ key: KEY, at: next }]);
  return { count: taken.length, next };
}

const closed = (until: number): Note => ({ from: until, open: null });

function nextLook(at: number): number {
  return at - (at % EVERY) + EVERY;
}

async function step(tx: Tx, note: Note, queue: QueueReports): Promise<{ left: Note; next: number }> {
  const open = note.open ?? { until: tx.at, user: 0, project: 0 };
  const zones = await dueZones(tx, note.from, open.until);
  const members = zones.size === 0 ? [] : await membersAfter(tx, open, [...zones.keys()]);
  await queue(
    tx,
    members.flatMap((member) => reportsOf(member, zones.get(member.time_zone) ?? [])),
  );
  const last = members.at(-1);
  if (last === undefined || members.length < PAGE) return { left: closed(open.until), next: nextLook(tx.at) };
  const left = { from: note.from, open: { ...open, user: last.user_id, project: last.project_id } };
  return { left, next: tx.at + PAUSE };
}

interface Due {
  period: Period;
  /** The first day that it is about. */
  day: string;
}

/** What became due after `from` until `until`, by the stored names of zones: of each period the last one alone. */
async function dueZones(tx: Tx, from: number, until: number): Promise<Map<string, Due[]>> {
  const rows = await tx.db.selectFrom('users').select('time_zone').distinct().execute();
  const zones = new Map<string, Due[]>();
  for (const { time_zone: name } of rows) {
    const zone = zoneOf(name);
    const due = PERIODS.flatMap((period) => {
      const at = lastDue(period, zone, until);
      return at > from ? [{ period, day: dayOf(zone, periodBefore(period, zone, at).from) }] : [];
    });
    if (due.length > 0) zones.set(name, due);
  }
  return zones;
}

type Member = Awaited<ReturnType<typeof membersAfter>>[number];

async function membersAfter(tx: Tx, { user, project }: { user: number; project: number }, zones: string[]) {
  return tx.db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['user_id', 'project_id', 'time_zone', 'report_daily', 'report_weekly', 'report_monthly'])
    .where('users.time_zone', 'in', zones)
    .where((e) =>
      e.or([e('user_id', '>', user), e.and([e('user_id', '=', user), e('project_id', '>', project)])]),
    )
    .where((e) => e.or([e('report_daily', '=', 1), e('report_weekly', '=', 1), e('report_monthly', '=', 1)]))
    .orderBy('user_id')
    .orderBy('project_id')
    .limit(PAGE)
    .execute();
}

function reportsOf(member: Member, due: readonly Due[]): AskedReport[] {
  const { user_id: userId, project_id: projectId } = member;
  const wanted = wantedOf(member);
  return due
    .filter(({ period }) => wanted[period])
    .map(({ period, day }) => ({ key: reportKey({ userId, projectId, period, day }), projectId, userId }));
}

export interface ReportRef {
  userId: number;
  projectId: number;
  period: Period;
  /** The first day that it is about, in the reader's zone. */
  day: string;
}

/** The idempotency key of a report. */
export function reportKey({ userId, projectId, period, day }: ReportRef): string {
  return `report/${userId}/${projectId}/${period}/${day}`;
}

/** What a key names; null = it is none. */
export function readReportKey(key: string): ReportRef | null {
  const [, user, project, name, day] = /^report\/(\d+)\/(\d+)\/(\w+)\/(\d{4}-\d\d-\d\d)$/.exec(key) ?? [];
  const period = PERIODS.find((one) => one === name);
  if (period === undefined || day === undefined) return null;
  return { userId: Number(user), projectId: Number(project), period, day };
}

async function readNote(tx: Tx): Promise<Note> {
  const row = await tx.db.selectFrom('settings').select('value').where('key', '=', NOTE).executeTakeFirst();
  return row === undefined ? closed(tx.at) : (JSON.parse(row.value) as Note);
}

async function writeNote(tx: Tx, note: Note): Promise<void> {
  const value = JSON.stringify(note);
  await tx.db
    .insertInto('settings')
    .values({ key: NOTE, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
