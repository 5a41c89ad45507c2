import type { Alert, PostedAlert } from '../model.ts';

/** What the API posts of a full disk that nobody names an end of, unless told otherwise. */
export function testPost(own: Partial<PostedAlert> = {}): PostedAlert {
  return {
    projectId: 1,
    environment: 'production',
    source: 'api',
    identity: 'DiskFull',
    labels: { alertname: 'DiskFull', severity: 'error' },
    annotations: {},
    generatorUrl: '',
    check: null,
    startsAt: 0,
    endsAt: null,
    timedOut: false,
    ...own,
  };
}

/** The same as a row that fires and of which nobody was told. */
export function testAlert(own: Partial<Alert> = {}): Alert {
  const { labels, annotations, identity, environment, source } = testPost();
  return {
    id: 1,
    project_id: 1,
    environment,
    source,
    identity,
    fingerprint: '',
    name: 'DiskFull',
    severity: 'error',
    labels,
    annotations,
    generator_url: '',
    check_id: null,
    flip_id: null,
    starts_at: 0,
    ends_at: null,
    timed_out: 0,
    state: 'firing',
    raised_at: 0,
    resolved_at: null,
    updated_at: 0,
    notified_at: null,
    held: '',
    acked_at: null,
    acked_by: '',
    incident_id: null,
    route: '',
    drill: 0,
    ...own,
  };
}
