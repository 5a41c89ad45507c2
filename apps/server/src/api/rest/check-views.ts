/** Checks and their past as the native API shows them. */
import type { Check, Flip, Ping, Rollup, Rollups, Status } from '@vigie/contract';
import type { Grant } from '../../accounts/identity.ts';
import type { HistoryEntry, Sums } from '../../checks/history.ts';
import type { PresentedCheck } from '../../checks/manage.ts';
import { policiesOf } from '../../checks/policies.ts';
import type { ListedPing } from '../../checks/queries.ts';
import { tagsOf } from '../../checks/search.ts';
import { alertAfter, graceStart, statusAt } from '../../checks/status.ts';
import type { Config } from '../../config/config.ts';
import type { CheckRow, FlipRow, ProjectRow } from '../../store/schema.ts';
import { instant, instantOrNull, seconds } from './format.ts';

export interface CheckView {
  project: Pick<ProjectRow, 'code'>;
  grant: Grant;
  config: Pick<Config, 'pingEndpoint' | 'pingEmailDomain'>;
  now: number;
}

/** The UUID pings; who may only look is given the name that does not. */
export function checkId(check: { code: string; unique_key: string }, grant: Grant): string {
  return grant.may('check.write') ? check.code : check.unique_key;
}

/** `cron` and the like for who reads; what is not known is simple. */
function kindOf(check: PresentedCheck): Check['kind'] {
  return check.kind === 'cron' || check.kind === 'oncalendar' ? check.kind : 'simple';
}

export function presentCheck(check: PresentedCheck, view: CheckView): Check {
  const { grant, config, now } = view;
  const kind = kindOf(check);
  const mayPing = grant.may('check.write');
  return {
    id: checkId(check, grant),
    project: view.project.code,
    name: check.name,
    slug: check.slug,
    tags: tagsOf(check),
    description: check.description,
    environment: check.environment,
    kind,
    timeout: kind === 'simple' ? check.timeout : null,
    grace: check.grace,
    schedule: kind === 'simple' ? null : check.schedule,
    time_zone: kind === 'simple' ? null : check.time_zone,
    ...presentFilters(check),
    status: statusAt(check, now) as Status,
    started: check.last_start !== null,
    started_at: check.last_start === null ? null : instant(check.last_start + check.skew),
    n_pings: check.n_pings,
    last_ping: instantOrNull(check.last_ping),
    next_ping: instantOrNull(graceStart(check)),
    deadline: instantOrNull(alertAfter(check)),
    last_duration: check.last_duration === null ? null : seconds(check.last_duration),
    down_since: instantOrNull(check.down_since),
    ping_url: mayPing ? `${config.pingEndpoint}${check.code}` : null,
    ping_email: mayPing ? `${check.code}@${config.pingEmailDomain}` : null,
    channels: check.channels,
    depends_on: check.dependsOn.map((parent) => checkId(parent, grant)),
    policies: policiesOf(check),
    created_at: instant(check.created_at),
    updated_at: instant(check.updated_at),
    revision: check.revision,
  };
}

function presentFilters(check: PresentedCheck) {
  return {
    manual_resume: check.manual_resume === 1,
    methods: check.methods === 'POST' ? ('POST' as const) : ('' as const),
    start_kw: check.start_kw,
    success_kw: check.success_kw,
    failure_kw: check.failure_kw,
    filter_subject: check.filter_subject === 1,
    filter_body: check.filter_body === 1,
    filter_http_body: check.filter_http_body === 1,
    filter_default_fail: check.filter_default_fail === 1,
  };
}

/** `duration`: milliseconds of the run that it ended, where there is one. */
export function presentPing(ping: ListedPing, duration: number | undefined): Ping {
  return {
    n: ping.n,
    at: instant(ping.created_at),
    type: ping.kind as Ping['type'],
    scheme: ping.scheme,
    remote_addr: ping.remote_addr,
    method: ping.method,
    user_agent: ping.user_agent,
    rid: ping.rid,
    exitstatus: ping.exitstatus,
    duration: duration === undefined ? null : seconds(duration),
    size: ping.size,
  };
}

/** `check`: the one that it is of. */
export function presentFlip(
  flip: FlipRow,
  check: Pick<CheckRow, 'code' | 'unique_key' | 'name'>,
  grant: Grant,
): Flip {
  return {
    id: flip.id,
    check: checkId(check, grant),
    check_name: check.name,
    at: instant(flip.created_at),
    from: flip.old_status,
    to: flip.new_status,
    reason: flip.reason as Flip['reason'],
  };
}

export function presentEntry({ start, sums, uptime }: HistoryEntry): Rollup {
  return { start: instant(start), ...presentSums(sums), uptime };
}

export function presentTotal({ sums, uptime }: Omit<HistoryEntry, 'start'>): Rollups['total'] {
  return { ...presentSums(sums), uptime };
}

function presentSums({ duration_sum, duration_max, down_ms, ...counts }: Sums) {
  return {
    ...counts,
    duration_sum: seconds(duration_sum),
    duration_max: seconds(duration_max),
    down: seconds(down_ms),
  };
}
