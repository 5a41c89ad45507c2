import { z } from 'zod';
import { instantSchema, integerParameter } from './common.ts';

/** Seconds between two pings, or of grace: both ends included. */
export const PERIOD = { least: 5, most: 31_536_000 } as const;

/** How a check says when it expects a ping. */
export const scheduleKindSchema = z.enum(['simple', 'cron', 'oncalendar']).meta({ id: 'ScheduleKind' });

/** A schedule to look at before it is used. */
export const scheduleParameters = z.strictObject({
  timeout: integerParameter(PERIOD.least, PERIOD.most).optional(),
  schedule: z.string().min(1).max(100).optional(),
  time_zone: z.string().max(100).optional(),
  at: z.iso.datetime().optional().meta({ description: 'From when to count; now unless given' }),
});

/** A schedule in words, with the times around now. */
export const schedulePreviewSchema = z
  .object({
    kind: scheduleKindSchema,
    words: z.object({ en: z.string(), fr: z.string() }),
    next: z.array(instantSchema).meta({ description: 'Ten at most, nearest first' }),
    previous: z.array(instantSchema).meta({ description: 'Ten at most, nearest first' }),
  })
  .meta({ id: 'SchedulePreview' });

/** A schedule in words, as a type. */
export type SchedulePreview = z.infer<typeof schedulePreviewSchema>;
