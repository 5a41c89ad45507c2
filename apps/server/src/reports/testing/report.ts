import type { ReportedCheck } from '../figures.ts';
import type { Report } from '../read-report.ts';
import { reportTexts } from '../texts/texts.ts';
import { type ReportView, viewOf } from '../view.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Monday, midnight in Paris. */
const MONDAY = Date.UTC(2026, 10, 15, 23);

export function aReportedCheck(name: string, environment = 'production'): ReportedCheck {
  return { id: 1, code: 'c', uniqueKey: 'a6c7b0a8a66bed0df66abfdab3c77736861703ee', name, environment };
}

/** A week of the shop in November: two checks failed, one of them is down again. */
export function aReport(own: Partial<Report> = {}): Report {
  const backup = aReportedCheck('Nightly backup');
  const api = aReportedCheck('API', 'staging');
  return {
    project: 'Shop',
    period: 'weekly',
    range: { from: MONDAY, until: MONDAY + 7 * DAY },
    zone: 'Europe/Paris',
    checks: 12,
    total: { up: 84 * DAY - 65 * MINUTE, down: 65 * MINUTE, outages: 3 },
    before: { up: 84 * DAY - 25 * MINUTE, down: 25 * MINUTE, outages: 1 },
    downNow: { count: 1, items: [{ check: api, since: MONDAY + 7 * DAY - 45 * HOUR }] },
    failed: {
      count: 2,
      items: [
        { check: backup, up: 7 * DAY - HOUR, down: HOUR, outages: 2, longest: 40 * MINUTE },
        { check: api, up: 7 * DAY - 5 * MINUTE, down: 5 * MINUTE, outages: 1, longest: 5 * MINUTE },
      ],
    },
    environments: [
      { name: 'production', checks: 8, sums: { up: 56 * DAY - HOUR, down: HOUR, outages: 2 } },
      { name: 'staging', checks: 4, sums: { up: 28 * DAY, down: 5 * MINUTE, outages: 1 } },
    ],
    noisiest: [{ check: backup, messages: 8 }],
    silent: { count: 1, items: [aReportedCheck('Yearly audit')] },
    unwatched: 0,
    ...own,
  };
}

/** That report in words, on the Monday after. */
export function aView(report: Report = aReport(), language = 'en'): ReportView {
  return viewOf(report, {
    texts: reportTexts(language),
    siteName: 'Vigie',
    baseUrl: 'https://vigie.test',
    unsubscribeUrl: 'https://vigie.test/unsubscribe/token',
    now: MONDAY + 7 * DAY + 8 * HOUR,
  });
}
