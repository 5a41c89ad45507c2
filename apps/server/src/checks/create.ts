import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { CheckRow, CheckStateRow, Flag } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { DEFAULT_GRACE, DEFAULT_TIMEOUT } from './model.ts';
import { hourOf } from './rollup.ts';

/** What a client may set on a check. Seconds; already validated. */
export interface CheckFields {
  name: string;
  slug: string;
  tags: string;
  description: string;
  environment: string;
  kind: 'simple' | 'cron' | 'oncalendar';
  timeout: number;
  grace: number;
  schedule: string;
  time_zone: string;
  manual_resume: Flag;
  methods: '' | 'POST';
  start_kw: string;
  success_kw: string;
  failure_kw: string;
  filter_subject: Flag;
  filter_body: Flag;
  filter_http_body: Flag;
  filter_default_fail: Flag;
  /** JSON (policies.ts); empty = none. */
  policies: string;
}

export const DEFAULT_FIELDS: CheckFields = {
  name: '',
  slug: '',
  tags: '',
  description: '',
  environment: '',
  kind: 'simple',
  timeout: DEFAULT_TIMEOUT,
  grace: DEFAULT_GRACE,
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
  policies: '',
};

/** The identifier that read-only keys see: it names the check and cannot ping it. */
export function uniqueKeyOf(code: string): string {
  return createHash('sha1').update(code.replaceAll('-', '').slice(0, 16)).digest('hex');
}

/**
 * Inserts a check of a project with its first state.
 * @throws AppError `forbidden` when `limit` checks exist, `conflict` when the code is taken.
 */
export async function insertCheck(
  tx: Tx,
  projectId: number,
  code: string | null,
  fields: Partial<CheckFields>,
  limit: number,
): Promise<CheckRow & CheckStateRow> {
  await requireRoom(tx, limit);
  const environment = fields.environment ?? (await defaultEnvironment(tx, projectId));
  const own = code ?? tx.newId();
  const values: Omit<CheckRow, 'id'> = {
    ...DEFAULT_FIELDS,
    ...fields,
    environment,
    code: own,
    project_id: projectId,
    badge_key: tx.newId(),
    unique_key: uniqueKeyOf(own),
    created_at: tx.at,
    updated_at: tx.at,
    revision: 1,
  };
  const inserted = await tx.db
    .insertInto('checks')
    .values(values)
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) throw new AppError('conflict', 'this uuid is taken', { field: 'uuid' });
  const state = firstState(inserted.id, tx.at);
  await tx.db.insertInto('check_states').values(state).execute();
  return { ...values, id: inserted.id, ...state };
}

/**
 * Counting is linear, so it is done only once so many checks were ever made.
 * @throws AppError `forbidden` when `limit` checks exist.
 */
export async function requireRoom(tx: Tx, limit: number): Promise<void> {
  const { last } = await tx.db
    .selectFrom('checks')
    .select((e) => e.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  if ((last ?? 0) < limit) return;
  const { count } = await tx.db
    .selectFrom('checks')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count >= limit) throw new AppError('forbidden', `the limit of ${limit} checks is reached`);
}

async function defaultEnvironment(tx: Tx, projectId: number): Promise<string> {
  const project = await tx.db
    .selectFrom('projects')
    .select('environments')
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  const names = JSON.parse(project.environments) as string[];
  return names[0] ?? '';
}

/** A check that never heard anything. */
export function firstState(checkId: number, at: number) {
  return {
    check_id: checkId,
    status: 'new',
    n_pings: 0,
    last_ping: null,
    last_start: null,
    last_start_rid: null,
    last_duration: null,
    has_confirmation_link: 0 as Flag,
    alert_after: null,
    excused_until: null,
    skew: 0,
    hour: hourOf(at),
    successes: 0,
    failures: 0,
    starts: 0,
    logs: 0,
    ignored: 0,
    runs: 0,
    duration_sum: 0,
    duration_max: 0,
    down_ms: 0,
    down_since: null,
    outcomes: 0,
    breaches: 0,
  };
}

/** Assigns channels of the check's own project: all of them, or those with these ids. Others are ignored. */
export async function assignChannels(
  tx: Tx,
  check: { id: number; project_id: number },
  channels: 'all' | number[],
): Promise<void> {
  await tx.db.deleteFrom('check_channels').where('check_id', '=', check.id).execute();
  let own = tx.db.selectFrom('channels').select('id').where('project_id', '=', check.project_id);
  if (channels !== 'all') {
    if (channels.length === 0) return;
    own = own.where('id', 'in', channels);
  }
  const rows = await own.execute();
  if (rows.length === 0) return;
  const links = rows.map((row) => ({ check_id: check.id, channel_id: row.id }));
  await tx.db.insertInto('check_channels').values(links).execute();
}
