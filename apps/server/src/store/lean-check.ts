import type { CheckRow, CheckStateRow } from './schema.ts';

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
] as const satisfies (keyof CheckRow)[];

/** A check's rules and its state. */
export type LeanCheck = Pick<CheckRow, (typeof LEAN_COLUMNS)[number]> & CheckStateRow;

/** The select list for a {@link LeanCheck}, from `checks c` and `check_states s`. */
export const LEAN_SELECT = `${LEAN_COLUMNS.map((column) => `c.${column}`).join(', ')}, s.*`;
