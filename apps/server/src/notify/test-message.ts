import type { MessageCheck } from './message.ts';

/** Never a check's own: version and variant bits are zero. */
const NO_CODE = '00000000-0000-0000-0000-000000000000';

/**
 * The check that a test message speaks of: named TEST, down because no ping came in time. It is in no table.
 * Tests of one channel share a `unique_key`, so that an on-call service keeps one incident for all of them.
 */
export function testCheck(projectId: number, channelId: number, at: number): MessageCheck {
  return {
    id: 0,
    check_id: 0,
    code: NO_CODE,
    project_id: projectId,
    name: 'TEST',
    slug: 'test',
    tags: '',
    description: '',
    environment: '',
    kind: 'simple',
    timeout: 86_400,
    grace: 3_600,
    schedule: '* * * * *',
    time_zone: 'UTC',
    manual_resume: 0,
    methods: '',
    start_kw: '',
    success_kw: '',
    failure_kw: '',
    filter_subject: 0,
    filter_body: 0,
    filter_http_body: 0,
    filter_default_fail: 0,
    badge_key: NO_CODE,
    unique_key: `vigie-test-${channelId}`,
    created_at: at,
    updated_at: at,
    revision: 1,
    policies: '',
    status: 'down',
    n_pings: 0,
    last_ping: null,
    last_start: null,
    last_start_rid: null,
    last_duration: null,
    has_confirmation_link: 0,
    alert_after: null,
    excused_until: null,
    skew: 0,
    hour: 0,
    successes: 0,
    failures: 0,
    starts: 0,
    logs: 0,
    ignored: 0,
    runs: 0,
    duration_sum: 0,
    duration_max: 0,
    down_ms: 0,
    down_since: at,
    outcomes: 0,
    breaches: 0,
  };
}
