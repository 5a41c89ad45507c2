import { z } from 'zod';
import { alertSeveritySchema, holdSchema } from './alert.ts';
import { idSchema, instantSchema, secondsSchema } from './common.ts';

/** A drill to begin. */
export const drillCreateSchema = z
  .strictObject({
    channels: z
      .array(idSchema)
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Who is paged; left out, whoever gets what has no channels of its own' }),
    severity: alertSeveritySchema.optional().meta({ description: '`critical` unless given' }),
  })
  .meta({ id: 'DrillCreate' });

/** How a drill reached one channel. */
export const drillChannelSchema = z
  .object({
    id: idSchema.nullable().meta({ description: 'Null once the channel is deleted' }),
    name: z.string(),
    state: z.string().meta({ description: 'As of a delivery: queued, sent, failed, skipped' }),
    sent_at: instantSchema.nullable(),
    seconds: secondsSchema.nullable().meta({ description: 'From the start of the drill until it was sent' }),
    error: z.string(),
  })
  .meta({ id: 'DrillChannel' });

/** A page for practice, timed until somebody acknowledges it. */
export const drillSchema = z
  .object({
    id: z.string().meta({ description: 'Also that of its alert' }),
    project: idSchema,
    state: z.enum(['firing', 'acknowledged', 'unanswered']).meta({
      description: 'unanswered: it is over and nobody acknowledged it',
    }),
    severity: alertSeveritySchema,
    started_at: instantSchema,
    ends_at: instantSchema.nullable(),
    held: z.array(holdSchema).meta({ description: 'What holds it back, as it would a real page' }),
    channels: z.array(drillChannelSchema),
    acknowledged_at: instantSchema.nullable(),
    acknowledged_by: z.string().nullable(),
    seconds_to_acknowledge: secondsSchema.nullable().meta({ description: 'From the start of the drill' }),
  })
  .meta({ id: 'Drill' });

/** A page for practice, as a type. */
export type Drill = z.infer<typeof drillSchema>;
