export { describe } from './describe.ts';
export {
  isValidExpression,
  next,
  nextOccurrences,
  parseSchedule,
  previous,
  previousOccurrences,
  type Schedule,
} from './schedule.ts';
export { ScheduleError, type ScheduleField } from './schedule-error.ts';
export { canonicalTimeZone, TIME_ZONES } from './timezone.ts';
