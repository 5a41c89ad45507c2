import type { CheckRow, CheckStateRow, Flag } from './schema.ts';

/** What a ping or a deadline must know of a check's settings; names and texts stay out of that path. */
export const LEAN_COLUMNS = [
  'code',
  'project_id',
  'kind',
  'timeout',
  'grace',
  'schedule',
  'time_zone',
  'manual_resume',
  'methods',
  'start_kw',
  'success_kw',
  'failure_kw',
  'filter_subject',
  'filter_body',
  'filter_http_body',
  'filter_default_fail',
  'revision',
  'policies',
] as const satisfies (keyof CheckRow)[];

/** Columns of a check's state beside its key. */
export const STATE_COLUMNS = [
  'status',
  'n_pings',
  'last_ping',
  'last_start',
  'last_start_rid',
  'last_duration',
  'has_confirmation_link',
  'alert_after',
  'excused_until',
  'skew',
  'hour',
  'successes',
  'failures',
  'starts',
  'logs',
  'ignored',
  'runs',
  'duration_sum',
  'duration_max',
  'down_ms',
  'down_since',
  'outcomes',
  'breaches',
] as const satisfies (keyof CheckStateRow)[];

/** A check's rules and its state. */
export type LeanCheck = Pick<CheckRow, (typeof LEAN_COLUMNS)[number]> &
  CheckStateRow & {
    /** Whether a probe reports for it; only who takes pings asks. */
    probed?: Flag;
  };

/** The select list for a {@link LeanCheck}, from `checks c` and `check_states s`. */
export const LEAN_SELECT = [
  ...LEAN_COLUMNS.map((column) => `c.${column}`),
  's.check_id',
  ...STATE_COLUMNS.map((column) => `s.${column}`),
  'case when exists (select 1 from probes p where p.check_id = c.id) then 1 else 0 end as probed',
].join(', ');

type ValuesOf<Columns extends readonly (keyof LeanCheck)[]> = {
  [I in keyof Columns]: LeanCheck[Columns[I]];
};

/** Values in the order of {@link LEAN_SELECT}. */
export type LeanValues = readonly [
  ...ValuesOf<typeof LEAN_COLUMNS>,
  check_id: number,
  ...ValuesOf<typeof STATE_COLUMNS>,
  probed: Flag,
];

/**
 * A check from its values. Written out, because an object of one shape is three times as fast to make and to
 * use as one built from names at run time.
 */
export function leanCheck(v: LeanValues): LeanCheck {
  return {
    code: v[0],
    project_id: v[1],
    kind: v[2],
    timeout: v[3],
    grace: v[4],
    schedule: v[5],
    time_zone: v[6],
    manual_resume: v[7],
    methods: v[8],
    start_kw: v[9],
    success_kw: v[10],
    failure_kw: v[11],
    filter_subject: v[12],
    filter_body: v[13],
    filter_http_body: v[14],
    filter_default_fail: v[15],
    revision: v[16],
    policies: v[17],
    check_id: v[18],
    status: v[19],
    n_pings: v[20],
    last_ping: v[21],
    last_start: v[22],
    last_start_rid: v[23],
    last_duration: v[24],
    has_confirmation_link: v[25],
    alert_after: v[26],
    excused_until: v[27],
    skew: v[28],
    hour: v[29],
    successes: v[30],
    failures: v[31],
    starts: v[32],
    logs: v[33],
    ignored: v[34],
    runs: v[35],
    duration_sum: v[36],
    duration_max: v[37],
    down_ms: v[38],
    down_since: v[39],
    outcomes: v[40],
    breaches: v[41],
    probed: v[42],
  };
}

/** The values of a check's state in the order of {@link STATE_COLUMNS}; written out for the same reason. */
export function stateValues(state: CheckStateRow): ValuesOf<typeof STATE_COLUMNS> {
  return [
    state.status,
    state.n_pings,
    state.last_ping,
    state.last_start,
    state.last_start_rid,
    state.last_duration,
    state.has_confirmation_link,
    state.alert_after,
    state.excused_until,
    state.skew,
    state.hour,
    state.successes,
    state.failures,
    state.starts,
    state.logs,
    state.ignored,
    state.runs,
    state.duration_sum,
    state.duration_max,
    state.down_ms,
    state.down_since,
    state.outcomes,
    state.breaches,
  ];
}
