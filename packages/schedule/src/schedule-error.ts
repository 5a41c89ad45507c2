/** Where in a schedule a mistake is. */
export type ScheduleField =
  | 'expression'
  | 'second'
  | 'minute'
  | 'hour'
  | 'day of month'
  | 'month'
  | 'year'
  | 'day of week'
  | 'time zone'
  | 'timeout';

/** A schedule that cannot be used, and why. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
  readonly reason: string;
  readonly field: ScheduleField;
  /** Offset of the offending text in the expression, counted from 0; null when the whole of it is meant. */
  readonly position: number | null;

  constructor(field: ScheduleField, reason: string, position: number | null = null) {
    super(`${field}: ${reason}${position === null ? '' : ` (at character ${position + 1})`}`);
    this.reason = reason;
    this.field = field;
    this.position = position;
  }
}
