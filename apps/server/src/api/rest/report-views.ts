/** Reports as the native API shows them. */
import type { ReportBody, ReportedCheck, ReportSubscription } from '@vigie/contract';
import type { Grant } from '../../accounts/identity.ts';
import type { ReportedCheck as Reported, Sums } from '../../reports/figures.ts';
import { uptimeOf } from '../../reports/figures.ts';
import type { Report } from '../../reports/read-report.ts';
import type { subscriptionsOf } from '../../reports/subscriptions.ts';
import { checkId } from './check-views.ts';
import { instant, instantOrNull, seconds } from './format.ts';

type Subscription = Awaited<ReturnType<typeof subscriptionsOf>>[number];

export function presentSubscription({ project, wanted }: Subscription): ReportSubscription {
  return { project: project.code, ...wanted };
}

/** `project`: its public code; `subject`: that of the mail. */
export function presentReport(
  report: Report,
  { project, subject, grant }: { project: string; subject: string; grant: Grant },
): ReportBody {
  const check = ({ code, uniqueKey, name, environment }: Reported): ReportedCheck => ({
    check: checkId({ code, unique_key: uniqueKey }, grant),
    name,
    environment,
  });
  const { downNow, failed, silent } = report;
  return {
    project,
    period: report.period,
    time_zone: report.zone,
    from: instant(report.range.from),
    to: instant(report.range.until),
    subject,
    checks: report.checks,
    total: presentSums(report.total),
    before: report.before === null ? null : presentSums(report.before),
    down_now: {
      count: downNow.count,
      items: downNow.items.map((one) => ({ ...check(one.check), since: instantOrNull(one.since) })),
    },
    failed: {
      count: failed.count,
      items: failed.items.map((one) => ({
        ...check(one.check),
        ...presentSums(one),
        longest: seconds(one.longest),
      })),
    },
    environments: report.environments.map(({ name, checks, sums }) => ({
      environment: name,
      checks,
      ...presentSums(sums),
    })),
    noisiest: report.noisiest.map((one) => ({ ...check(one.check), messages: one.messages })),
    no_data: { count: silent.count, items: silent.items.map(check) },
    unwatched: seconds(report.unwatched),
  };
}

function presentSums(sums: Sums): ReportBody['total'] {
  return { uptime: uptimeOf(sums), outages: sums.outages, down: seconds(sums.down) };
}
