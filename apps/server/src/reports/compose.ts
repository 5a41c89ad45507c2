/** The mail of a report that was asked for. */
import type { Kysely } from 'kysely';
import type { OutgoingMail } from '../notify/mail/mailer.ts';
import type { Database } from '../store/schema.ts';
import { reportHtml } from './html-mail.ts';
import { readReportKey } from './look.ts';
import { periodFrom, zoneOf } from './period.ts';
import { emptiness } from './read-report.ts';
import type { Read } from './shared-reports.ts';
import { wantedOf } from './subscriptions.ts';
import { reportText } from './text-mail.ts';
import { reportTexts } from './texts/texts.ts';
import { writeUnsubscribeToken } from './unsubscribe-token.ts';
import { type ReportView, viewOf } from './view.ts';

/** What reports need to know of this server. */
export interface ReportSite {
  /** No trailing slash. */
  baseUrl: string;
  siteName: string;
  /** Signs the links that end a report. */
  secretKey: string;
  /** Epoch ms. */
  now: number;
  /** Sums up what happened. */
  read: Read;
}

/** A report as its reader gets it by mail; or why there is nothing to send (any more). */
export async function composeReport(
  db: Kysely<Database>,
  key: string,
  site: ReportSite,
): Promise<Omit<OutgoingMail, 'key' | 'signal'> | { skip: string }> {
  const asked = readReportKey(key);
  if (asked === null) return { skip: 'there is no such report' };
  const reader = await readerOf(db, asked);
  if (reader === undefined) return { skip: 'not a member of the project any more' };
  if (!wantedOf(reader)[asked.period]) return { skip: 'the report is not wanted any more' };
  const zone = zoneOf(reader.time_zone);
  const range = periodFrom(asked.period, zone, asked.day);
  if (range === null) return { skip: 'there is no such report' };
  const project = { id: asked.projectId, name: reader.project };
  const report = await site.read({ project, period: asked.period, range, zone });
  const skip = emptiness(report);
  if (skip !== null) return { skip };
  const unsubscribeUrl = unsubscribeLink(site, asked);
  const texts = reportTexts(reader.language);
  const view = viewOf(report, { ...site, texts, unsubscribeUrl });
  return { to: reader.email, ...formsOf(view), headers: unsubscribeHeaders(unsubscribeUrl) };
}

/** The link by which a reader ends a report without signing in. */
export function unsubscribeLink(
  { baseUrl, secretKey }: Pick<ReportSite, 'baseUrl' | 'secretKey'>,
  whose: Parameters<typeof writeUnsubscribeToken>[1],
): string {
  return `${baseUrl}/unsubscribe/${writeUnsubscribeToken(secretKey, whose)}`;
}

/** The subject and both forms of a mail. */
export function formsOf(view: ReportView): { subject: string; text: string; html: string } {
  return { subject: view.subject, text: reportText(view), html: reportHtml(view) };
}

/** One press in the mail program, and no page: RFC 8058. */
function unsubscribeHeaders(url: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

async function readerOf(db: Kysely<Database>, { userId, projectId }: { userId: number; projectId: number }) {
  return db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .innerJoin('projects', 'projects.id', 'members.project_id')
    .select(['users.email', 'users.language', 'users.time_zone', 'projects.name as project'])
    .select(['report_daily', 'report_weekly', 'report_monthly'])
    .where('members.user_id', '=', userId)
    .where('members.project_id', '=', projectId)
    .executeTakeFirst();
}
