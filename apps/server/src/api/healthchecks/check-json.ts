import type { PresentedCheck } from '../../checks/manage.ts';
import { graceStart, statusAt } from '../../checks/status.ts';
import type { Version } from './check-fields.ts';
import { isoSeconds } from './instant.ts';

/** Where and for whom a check is shown. */
export interface View {
  version: Version;
  /** For a read-only key: nothing that would let it ping or change the check. */
  readOnly: boolean;
  /** Epoch milliseconds. */
  now: number;
  /** No trailing slash. */
  baseUrl: string;
  /** Ends in a slash. */
  pingEndpoint: string;
}

/** A check as the API shows it; the order of the keys is the API's. */
export function checkJson(check: PresentedCheck, view: View): Record<string, unknown> {
  return {
    name: check.name,
    slug: check.slug,
    tags: check.tags,
    desc: check.description,
    grace: check.grace,
    n_pings: check.n_pings,
    status: statusAt(check, view.now, view.version === 1),
    started: check.last_start !== null,
    last_ping: instant(check.last_ping),
    next_ping: instant(graceStart(check)),
    manual_resume: check.manual_resume === 1,
    methods: check.methods,
    subject: check.filter_subject ? check.success_kw : '',
    subject_fail: check.filter_subject ? check.failure_kw : '',
    start_kw: check.start_kw,
    success_kw: check.success_kw,
    failure_kw: check.failure_kw,
    filter_subject: check.filter_subject === 1,
    filter_body: check.filter_body === 1,
    filter_http_body: check.filter_http_body === 1,
    filter_default_fail: check.filter_default_fail === 1,
    badge_url: `${view.baseUrl}/b/2/${check.badge_key}.svg`,
    ...(check.last_duration === null ? {} : { last_duration: Math.trunc(check.last_duration / 1000) }),
    ...(view.readOnly ? { unique_key: check.unique_key } : addresses(check, view)),
    ...(check.kind === 'simple'
      ? { timeout: check.timeout }
      : { schedule: check.schedule, tz: check.time_zone }),
  };
}

function addresses(check: PresentedCheck, view: View): Record<string, unknown> {
  const own = `${view.baseUrl}/api/v${view.version}/checks/${check.code}`;
  return {
    uuid: check.code,
    ping_url: view.pingEndpoint + check.code,
    update_url: own,
    pause_url: `${own}/pause`,
    resume_url: `${own}/resume`,
    channels: check.channels.join(','),
  };
}

function instant(at: number | null): string | null {
  return at === null ? null : isoSeconds(at);
}
