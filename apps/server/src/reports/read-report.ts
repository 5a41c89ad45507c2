/** A report as data, before it is put into words. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { type Figures, figuresOf, type ReportedCheck, type Sums, unwatchedIn } from './figures.ts';
import { noisiestChecks } from './noise.ts';
import { type Period, periodBefore, type Range } from './period.ts';

export interface Report extends Figures {
  project: string;
  period: Period;
  range: Range;
  zone: string;
  /** The sums of the period before; null = there is no data of it. */
  before: Sums | null;
  /** Those that most messages were about. */
  noisiest: { check: ReportedCheck; messages: number }[];
  /** Milliseconds in which no server of ours was running: in none of the figures. */
  unwatched: number;
}

export interface ReportInput {
  project: { id: number; name: string };
  period: Period;
  range: Range;
  zone: string;
}

/** Sums up what happened to a project in a period, as it is known now. */
export async function readReport(db: Kysely<Database>, input: ReportInput): Promise<Report> {
  const { project, period, range, zone } = input;
  const figures = await figuresOf(db, project.id, range);
  const { total } = await figuresOf(db, project.id, periodBefore(period, zone, range.from));
  return {
    ...figures,
    project: project.name,
    period,
    range,
    zone,
    before: total.up + total.down > 0 ? total : null,
    noisiest: await noisiestChecks(db, project.id, range),
    unwatched: await unwatchedIn(db, range),
  };
}

/** Why a report says nothing that anybody needs; null = it does. */
export function emptiness(report: Report): string | null {
  if (report.checks === 0) return 'the project had no checks';
  if (report.period !== 'daily') return null;
  return report.failed.count + report.downNow.count === 0 ? 'nothing went down' : null;
}
