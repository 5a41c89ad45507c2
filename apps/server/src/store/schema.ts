/**
 * The tables, as Kysely sees them. Times are epoch milliseconds, durations milliseconds unless a name
 * says seconds; booleans are 0 or 1 (one type on both engines); `id` is internal, `code` is public.
 */
import type { Generated, Insertable, Selectable } from 'kysely';

export type Flag = 0 | 1;

export interface UserTable {
  id: Generated<number>;
  email: string;
  name: string;
  /** Argon2id in PHC form, or null while only an invitation or a set-up link leads in. */
  password: string | null;
  admin: Flag;
  language: string;
  time_zone: string;
  created_at: number;
  /** `light`, `dark` or `system`. */
  theme: Generated<string>;
}

/** What a person's authenticator app and we both know. */
export interface SecondFactorTable {
  user_id: number;
  /** Sealed (accounts/sealed-text.ts). */
  secret: string;
  /** Null while the person has not shown a code yet: nothing asks for one before. */
  confirmed_at: number | null;
  /** The step of the last code that was taken; an older or equal one is refused. */
  last_step: number;
  created_at: number;
}

/** A code that stands in for the second factor once; used ones are deleted. */
export interface RecoveryCodeTable {
  user_id: number;
  hash: string;
}

export interface PasskeyTable {
  id: Generated<number>;
  code: string;
  user_id: number;
  /** The authenticator's id of it, base64url. */
  credential: string;
  /** COSE, base64url. */
  public_key: string;
  /** Signatures so far, as the authenticator counts; 0 where it does not. */
  counter: number;
  /** JSON list. */
  transports: string;
  name: string;
  /** Kept by the maker's cloud too. */
  synced: Flag;
  created_at: number;
  last_used_at: number | null;
}

/** A mail that waits to be sent: what it is about, and no secret. Sent ones are deleted. */
export interface MailTable {
  id: Generated<number>;
  code: string;
  kind: string;
  recipient: string;
  /** What it is about, as its kind understands it. */
  subject_id: string;
  created_at: number;
  /** After it nobody wants it any more. */
  expires_at: number;
  tries: number;
  /** Of the last try. */
  error: string;
}

export interface ProjectTable {
  id: Generated<number>;
  code: string;
  name: string;
  ping_key: string;
  badge_key: string;
  show_slugs: Flag;
  /** JSON array of environment names, the first being the default. */
  environments: string;
  created_at: number;
  /** `default`: a check without channels tells all of the project's; `both`: every check does; `none`. */
  alert_route: Generated<string>;
}

export interface MemberTable {
  project_id: number;
  user_id: number;
  role: string;
  created_at: number;
  /** Which reports about the project this member gets by mail. */
  report_daily: Generated<Flag>;
  report_weekly: Generated<Flag>;
  report_monthly: Generated<Flag>;
}

export interface ApiKeyTable {
  id: Generated<number>;
  code: string;
  project_id: number;
  /** `write` may change things, `read` may only look. */
  scope: string;
  name: string;
  /** The first characters, to recognise a key by. */
  hint: string;
  hash: string;
  created_at: number;
  last_used_at: number | null;
}

export interface SessionTable {
  /** SHA-256 of the cookie's token, hex. */
  hash: string;
  user_id: number;
  created_at: number;
  expires_at: number;
  seen_at: number;
  remote_addr: string;
  user_agent: string;
}

export interface AuditTable {
  id: Generated<number>;
  project_id: number | null;
  at: number;
  actor: string;
  action: string;
  target: string;
  /** JSON, free of secrets. */
  detail: string;
}

export interface SettingTable {
  key: string;
  value: string;
}

export interface NodeTable {
  id: string;
  started_at: number;
  alive_at: number;
  stopped_at: number | null;
}

export interface OutageTable {
  id: Generated<number>;
  from_at: number;
  to_at: number;
  moved: number;
}

export interface CheckTable {
  id: Generated<number>;
  code: string;
  project_id: number;
  name: string;
  slug: string;
  tags: string;
  description: string;
  environment: string;
  kind: string;
  /** Seconds. */
  timeout: number;
  /** Seconds. */
  grace: number;
  schedule: string;
  time_zone: string;
  manual_resume: Flag;
  methods: string;
  start_kw: string;
  success_kw: string;
  failure_kw: string;
  filter_subject: Flag;
  filter_body: Flag;
  filter_http_body: Flag;
  filter_default_fail: Flag;
  badge_key: string;
  unique_key: string;
  created_at: number;
  updated_at: number;
  revision: number;
  /** JSON (checks/policies.ts); empty = none. */
  policies: string;
}

/** A check that was removed and may be restored for a while. Its pings, flips and sums stay until it is purged. */
export interface RemovedCheckTable {
  check_id: number;
  project_id: number;
  code: string;
  removed_at: number;
  /** JSON (checks/removal.ts). */
  content: string;
}

/** How a check is probed. */
export interface ProbeTable {
  check_id: number;
  project_id: number;
  kind: string;
  /** JSON, as the kind's schema gave it; holds secrets. */
  settings: string;
  /** Milliseconds. */
  interval: number;
  /** Milliseconds for a whole run. */
  timeout: number;
  /** JSON list; empty = those of the kind. */
  thresholds: string;
  /** Runs in a row that must fail before the check is told. */
  failures: number;
  /** Goes up with each change. */
  revision: number;
}

/** What the last run of a probe found. */
export interface ProbeStateTable {
  check_id: number;
  at: number;
  /** Milliseconds. */
  duration: number;
  /** Empty = the service is well. */
  reason: string;
  message: string;
  phase: string;
  /** JSON: phases, samples and details (probes/model.ts). */
  found: string;
  /** Runs in a row that failed. */
  failing: number;
  /** JSON: runs in a row beyond each threshold (probes/judge.ts). */
  streaks: string;
  /** JSON list: thresholds whose alert fires. */
  warned: string;
}

/** What was last applied of a configuration as code. */
export interface ConfigDocumentTable {
  project_id: number;
  /** Whose it is. */
  owner: string;
  /** JSON; holds secrets. */
  document: string;
  /** JSON list of those that there were; empty = the document reads no tenants from anywhere. */
  tenants: string;
  /** Why the last look at who they are failed; empty = it did not. */
  tenants_error: string;
  applied_at: number;
}

/** A check or channel that a configuration owns. */
export interface ConfigItemTable {
  project_id: number;
  noun: string;
  /** Of the check or channel, which may be gone. */
  code: string;
  owner: string;
  /** Its name in the document. */
  key: string;
  /** 0: it was there before, and stays when the document names it no more. */
  made: Flag;
}

/** What a ping changes: kept apart from `checks` so that a ping stays one small write. */
export interface CheckStateTable {
  check_id: number;
  status: string;
  n_pings: number;
  last_ping: number | null;
  last_start: number | null;
  last_start_rid: string | null;
  last_duration: number | null;
  has_confirmation_link: Flag;
  /** When the check goes down if nothing arrives; null = never. The deadline timer's truth. */
  alert_after: number | null;
  /** No deadline before this: set when the server itself was away. Cleared by the next ping. */
  excused_until: number | null;
  /** Added to stored instants after the wall clock stepped; cleared by the next ping. */
  skew: number;
  /** Start of the hour that the counters below belong to. */
  hour: number;
  successes: number;
  failures: number;
  starts: number;
  logs: number;
  ignored: number;
  runs: number;
  duration_sum: number;
  duration_max: number;
  down_ms: number;
  /** From when time down is not yet in `down_ms`; null unless down. */
  down_since: number | null;
  /** The last outcomes as bits, the newest lowest: 1 = bad. Kept only for checks whose policy asks for it. */
  outcomes: number;
  /** Policies broken at the moment, as bits (checks/policies.ts). */
  breaches: number;
}

export interface PingTable {
  check_id: number;
  n: number;
  created_at: number;
  kind: string;
  scheme: string;
  remote_addr: string;
  method: string;
  user_agent: string;
  rid: string | null;
  exitstatus: number | null;
  body: Uint8Array | null;
  /** Milliseconds, where the reporter knew; null = from its start, if it has one. */
  duration: Generated<number | null>;
}

export interface FlipTable {
  id: string;
  check_id: number;
  created_at: number;
  old_status: string;
  new_status: string;
  reason: string;
}

/** Per check, hour (`period` = `h`) or day (`d`), UTC. */
export interface RollupTable {
  check_id: number;
  period: string;
  start_at: number;
  successes: number;
  failures: number;
  starts: number;
  logs: number;
  ignored: number;
  runs: number;
  duration_sum: number;
  duration_max: number;
  down_ms: number;
}

export interface ChannelTable {
  id: Generated<number>;
  code: string;
  project_id: number;
  kind: string;
  name: string;
  /** JSON, checked against the kind's settings schema; holds secrets. */
  settings: string;
  disabled: Flag;
  last_error: string;
  last_notify_at: number | null;
  last_notify_duration: number | null;
  created_at: number;
  /** Messages an hour before they are gathered into a digest; null = no bound. */
  budget: number | null;
  /** Start of the hour that `budget_used` counts. */
  budget_from: Generated<number>;
  budget_used: Generated<number>;
}

export interface CheckChannelTable {
  check_id: number;
  channel_id: number;
}

/** One message to one channel, or to one person: queue entry first, ledger entry for good. */
export interface DeliveryTable {
  id: Generated<number>;
  /** Idempotency key: the same on each try, unique for each message. */
  key: string;
  project_id: number;
  /** 0 where it goes to a person. */
  channel_id: number;
  /** Whom it goes to; null where it goes to a channel. */
  user_id: Generated<number | null>;
  check_id: number | null;
  flip_id: string | null;
  alert_id: number | null;
  /** `firing`, `resolved`, `test`, `digest`, `notice` or `report`. */
  kind: string;
  /** Deliveries of one lane go out one after another, in order. */
  lane: string;
  /** `queued`, `sent`, `failed`, `skipped`, or `gathered`: its digest, whose lane it has, tells it. */
  state: string;
  attempts: number;
  created_at: number;
  finished_at: number | null;
  answer: string;
  error: string;
}

export interface DeliveryAttemptTable {
  delivery_id: number;
  n: number;
  at: number;
  duration: number;
  outcome: string;
  answer: string;
}

/** One thing that is or was wrong, from its raising to its end. */
export interface AlertTable {
  /** Made from the time (alerts/ids.ts): later alerts have greater ids. Also the public name. */
  id: number;
  project_id: number;
  environment: string;
  /** `check`, `probe`, `rule`, `log`, `objective` or `api`. */
  source: string;
  /** What makes two posts the same alert: unique among those of a project that fire. */
  identity: string;
  /** Of the labels, as Alertmanager computes it: 16 hex digits. */
  fingerprint: string;
  name: string;
  severity: string;
  /** JSON object of strings, keys sorted. */
  labels: string;
  annotations: string;
  generator_url: string;
  check_id: number | null;
  /** The flip that raised it; null = it was no check's. */
  flip_id: string | null;
  starts_at: number;
  /** When it ends unless it is posted again; null = when its source says so. */
  ends_at: number | null;
  /** `ends_at` is a time-out, not the sender's word. */
  timed_out: Flag;
  /** `firing` or `resolved`. */
  state: string;
  /** When it reached this server. */
  raised_at: number;
  resolved_at: number | null;
  updated_at: number;
  /** When somebody was first told; null = nobody was. */
  notified_at: number | null;
  /** Why its message is held back: JSON list of reasons (alerts/holds.ts); empty = it is not. */
  held: string;
  acked_at: number | null;
  acked_by: string;
  incident_id: number | null;
  /** Who is told, whatever the check's and the project's channels: JSON list of channel ids; empty = as they say. */
  route: string;
  /** Made for practice: nothing is wrong. */
  drill: Flag;
}

/** The ledger: one decision about an alert, or about a project's alerts. */
export interface AlertEventTable {
  id: Generated<number>;
  project_id: number;
  alert_id: number | null;
  at: number;
  kind: string;
  actor: string;
  /** JSON object. */
  detail: string;
}

export interface SilenceTable {
  id: Generated<number>;
  code: string;
  project_id: number;
  /** JSON list (alerts/matchers.ts). */
  matchers: string;
  author: string;
  comment: string;
  starts_at: number;
  ends_at: number;
  created_at: number;
  updated_at: number;
  /** When it was told that it expires soon. */
  noticed_at: number | null;
}

export interface MaintenanceWindowTable {
  id: Generated<number>;
  code: string;
  project_id: number;
  name: string;
  /** JSON lists; an alert of any of the tags and any of the environments is meant, an empty list means all. */
  tags: string;
  environments: string;
  /** Once: both instants. Recurring: the first and the last one it may lie between, or null. */
  starts_at: number | null;
  ends_at: number | null;
  /** Cron; empty = once. */
  schedule: string;
  /** Seconds, for a recurring one. */
  duration: number;
  time_zone: string;
  author: string;
  comment: string;
  disabled: Flag;
  created_at: number;
  updated_at: number;
}

export interface CheckDependencyTable {
  check_id: number;
  depends_on_id: number;
}

export interface IncidentTable {
  id: Generated<number>;
  code: string;
  project_id: number;
  title: string;
  severity: string;
  /** When it began, as far as is known. */
  started_at: number;
  /** When this server knew. */
  detected_at: number;
  acknowledged_at: number | null;
  acknowledged_by: string;
  resolved_at: number | null;
  updated_at: number;
}

/** Everything that is due at a time and done by one node: claimed by conditional update. */
export interface WorkTable {
  kind: string;
  key: string;
  due_at: number;
  owner: string | null;
  lease_until: number | null;
  fence: number;
  /** Counts requests, so that finishing notices a request that came meanwhile. */
  pending: number;
}

/** A group of pushed metrics. */
export interface PushGroupTable {
  id: Generated<number>;
  project_id: number;
  /** Of its labels: they may be longer than an index takes. */
  hash: string;
  /** The label that every group has. */
  job: string;
  /** JSON list of names and values, in the order of the names. */
  labels: string;
  /** When a push was taken last; 0 = never. */
  pushed_at: number;
  /** When one was refused last; 0 = never. */
  failed_at: number;
  /** Whether the last push was taken. */
  well: Flag;
  /** From then on it is as if it were not there; null = it stays. */
  expires_at: number | null;
  /** Series of its families. */
  series: number;
}

/** A family of metrics of a group. */
export interface PushFamilyTable {
  group_id: number;
  name: string;
  project_id: number;
  type: string;
  /** Null = none was given. */
  help: string | null;
  /** JSON (metrics/push/model.ts). */
  metrics: string;
  series: number;
  pushed_at: number;
}

export interface Database {
  users: UserTable;
  second_factors: SecondFactorTable;
  recovery_codes: RecoveryCodeTable;
  passkeys: PasskeyTable;
  mails: MailTable;
  projects: ProjectTable;
  members: MemberTable;
  api_keys: ApiKeyTable;
  sessions: SessionTable;
  audit_log: AuditTable;
  settings: SettingTable;
  nodes: NodeTable;
  outages: OutageTable;
  checks: CheckTable;
  check_states: CheckStateTable;
  removed_checks: RemovedCheckTable;
  probes: ProbeTable;
  probe_states: ProbeStateTable;
  config_documents: ConfigDocumentTable;
  config_items: ConfigItemTable;
  pings: PingTable;
  flips: FlipTable;
  rollups: RollupTable;
  channels: ChannelTable;
  check_channels: CheckChannelTable;
  deliveries: DeliveryTable;
  delivery_attempts: DeliveryAttemptTable;
  work: WorkTable;
  alerts: AlertTable;
  alert_events: AlertEventTable;
  silences: SilenceTable;
  maintenance_windows: MaintenanceWindowTable;
  check_dependencies: CheckDependencyTable;
  incidents: IncidentTable;
  push_groups: PushGroupTable;
  push_families: PushFamilyTable;
}

export type AlertRow = Selectable<AlertTable>;
export type AlertEventRow = Selectable<AlertEventTable>;
export type SilenceRow = Selectable<SilenceTable>;
export type MaintenanceWindowRow = Selectable<MaintenanceWindowTable>;
export type IncidentRow = Selectable<IncidentTable>;
export type CheckRow = Selectable<CheckTable>;
export type CheckStateRow = Selectable<CheckStateTable>;
export type ProbeRow = Selectable<ProbeTable>;
export type ProbeStateRow = Selectable<ProbeStateTable>;
export type ConfigDocumentRow = Selectable<ConfigDocumentTable>;
export type ConfigItemRow = Selectable<ConfigItemTable>;
export type PingRow = Selectable<PingTable>;
export type FlipRow = Selectable<FlipTable>;
export type RollupRow = Selectable<RollupTable>;
export type ChannelRow = Selectable<ChannelTable>;
export type DeliveryRow = Selectable<DeliveryTable>;
export type ProjectRow = Selectable<ProjectTable>;
export type UserRow = Selectable<UserTable>;
export type SecondFactorRow = Selectable<SecondFactorTable>;
export type PasskeyRow = Selectable<PasskeyTable>;
export type MailRow = Selectable<MailTable>;
export type WorkRow = Selectable<WorkTable>;
export type PushGroupRow = Selectable<PushGroupTable>;
export type PushFamilyRow = Selectable<PushFamilyTable>;
export type NewFlip = Insertable<FlipTable>;
export type NewDelivery = Insertable<DeliveryTable>;
