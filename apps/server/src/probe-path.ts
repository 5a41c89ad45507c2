/** Joins probes with the checks they report for and with the path of alerts. */
import { alertPorts, endAlertsQuietly } from './alert-path.ts';
import type { PostedAlert } from './alerts/model.ts';
import { postAlerts } from './alerts/post.ts';
import { type CheckNames, labelsOf, namesOf } from './checks/check-alerts.ts';
import { excuseChecks } from './checks/excuse.ts';
import { type PingInput, PROBE_SCHEME } from './checks/ping.ts';
import { type ReceiveOptions, receivePings } from './checks/receive.ts';
import { forgetStreaks } from './probes/manage.ts';
import type { CheckReport, ReportPorts, WarningChange, WarningEnd } from './probes/report.ts';
import { type Passed, passedText } from './probes/threshold.ts';
import type { Tx } from './store/tx.ts';

/** How runs of probes become reports of their checks. `logLimit`: pings of a check that are kept. */
export function probePorts(logLimit: number, options: ReceiveOptions): ReportPorts {
  return {
    async receive(tx, reports) {
      const pings = reports.map((report) => pingOf(report, tx.at, logLimit));
      await receivePings(tx, pings, options);
    },
    warn: postWarnings,
    excuse: excuseChecks,
  };
}

const encoder = new TextEncoder();

function pingOf(report: CheckReport, receivedAt: number, logLimit: number): PingInput {
  return {
    target: { code: report.code },
    action: report.action,
    exitstatus: null,
    fault: null,
    scheme: PROBE_SCHEME,
    remoteAddr: '',
    method: '',
    userAgent: '',
    rid: null,
    body: report.body === '' ? null : encoder.encode(report.body),
    logLimit,
    mail: null,
    duration: Math.round(report.duration),
    at: report.at,
    receivedAt,
  };
}

/** Raises and ends the alerts of thresholds. */
export async function postWarnings(tx: Tx, changes: readonly WarningChange[]): Promise<void> {
  const names = await namesOf(tx.db, [...new Set(changes.map(({ checkId }) => checkId))]);
  const posts = changes.flatMap((change) => {
    const own = names.get(change.checkId);
    return own === undefined ? [] : [warningAlert(change, own, tx.at)];
  });
  await postAlerts(tx, posts, alertPorts);
}

/** As {@link endAlertsQuietly}, and runs in a row are counted anew. */
export async function endWatchQuietly(tx: Tx, checkIds: number[], reason: string): Promise<void> {
  await endAlertsQuietly(tx, checkIds, reason);
  await forgetStreaks(tx, checkIds);
}

const NAME = 'ProbeThreshold';

function warningAlert({ key, passed, at }: WarningChange, own: CheckNames, now: number): PostedAlert {
  const metric = key.slice(0, key.indexOf('{'));
  const isOver = typeof passed === 'string';
  return {
    projectId: own.project_id,
    environment: own.environment,
    source: 'probe',
    identity: `${NAME}/${own.id}/${key}`,
    labels: { ...labelsOf(own, NAME), metric },
    annotations: isOver ? { resolution: ENDS[passed] } : annotationsOf(passed),
    generatorUrl: '',
    check: { id: own.id, flipId: null },
    startsAt: at,
    endsAt: isOver ? Math.min(at, now) : null,
    timedOut: false,
  };
}

/** What the resolution says of why it comes. */
const ENDS: Record<WarningEnd, string> = {
  within: 'it is not beyond its limit any more',
  critical: 'it is beyond its critical limit, and the service has failed',
  changed: 'how the service is probed was changed, and nothing is known of it as it is now',
  unprobed: 'the check is not probed any more',
};

function annotationsOf(passed: Passed): Record<string, string> {
  return {
    limit: String(passed.limit),
    summary: passedText(passed),
    value: String(passed.sample.value),
  };
}
