/** Schedules in words and in times. */
import { type SchedulePreview, scheduleParameters, schedulePreviewSchema } from '@vigie/contract';
import { describe, nextOccurrences, previousOccurrences, type Schedule } from '@vigie/schedule';
import { knownSchedule, knownZone } from '../../checks/known-schedule.ts';
import { scheduleOf } from '../../checks/model.ts';
import { AppError } from '../../errors.ts';
import { defineProjectRoute, defineRoute, type RestRoute } from './define.ts';
import { projectOfCheck } from './find-project.ts';
import { instant } from './format.ts';
import { ownCheck } from './own-check.ts';

/** Occurrences shown each way. */
const SHOWN = 10;

const success = { status: 200, description: 'The schedule', schema: schedulePreviewSchema } as const;

function preview(schedule: Schedule, at: number): SchedulePreview {
  return {
    kind: schedule.kind,
    words: { en: describe(schedule, 'en'), fr: describe(schedule, 'fr') },
    next: nextOccurrences(schedule, at, SHOWN).map(instant),
    previous: previousOccurrences(schedule, at, SHOWN).map(instant),
  };
}

const previewSchedule = defineRoute({
  method: 'GET',
  path: '/api/vigie/schedule',
  tag: 'schedule',
  summary: 'Shows a schedule in words, with the ten times before and after',
  access: 'known',
  query: scheduleParameters,
  success,
  async handle({ context, query }) {
    const { timeout, schedule, time_zone } = query;
    const at = query.at === undefined ? context.clock.now() : Date.parse(query.at);
    if ((timeout === undefined) === (schedule === undefined)) {
      throw new AppError('invalid', 'schedule or timeout is needed, and not both', { field: 'schedule' });
    }
    const zone = time_zone === undefined ? context.config().timeZone : knownZone(time_zone);
    if (timeout !== undefined) return preview({ kind: 'simple', timeout }, at);
    return preview(knownSchedule(schedule ?? '', zone), at);
  },
});

const previewOfCheck = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/checks/:check/schedule',
  tag: 'schedule',
  summary: "Shows a check's schedule in words, with the ten times before and after now",
  find: projectOfCheck,
  access: 'project.read',
  success,
  handle: async (call) => preview(scheduleOf(await ownCheck(call)), call.context.clock.now()),
});

export const scheduleRoutes: RestRoute[] = [previewSchedule, previewOfCheck];
