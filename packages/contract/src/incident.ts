import { z } from 'zod';
import { alertSchema, alertSeveritySchema, storyEntrySchema } from './alert.ts';
import { idSchema, instantSchema, pageParameters, secondsSchema } from './common.ts';

/** What a grave alert opened. */
export const incidentSchema = z
  .object({
    id: idSchema,
    project: idSchema,
    title: z.string(),
    severity: alertSeveritySchema,
    state: z.enum(['open', 'resolved']),
    started_at: instantSchema.meta({ description: 'When it began, as far as is known' }),
    detected_at: instantSchema.meta({ description: 'When this server knew' }),
    acknowledged_at: instantSchema.nullable(),
    acknowledged_by: z.string().nullable(),
    resolved_at: instantSchema.nullable(),
    time_to_detect: secondsSchema.meta({ description: 'Seconds from its start' }),
    time_to_acknowledge: secondsSchema.nullable().meta({ description: 'Seconds from its detection' }),
    time_to_resolve: secondsSchema.nullable().meta({ description: 'Seconds from its start' }),
    alerts: z.int().meta({ description: 'How many alerts are part of it' }),
  })
  .meta({ id: 'Incident' });

/** What a grave alert opened, as a type. */
export type Incident = z.infer<typeof incidentSchema>;

/** An incident with its alerts and what happened. */
export const incidentDetailSchema = incidentSchema
  .extend({
    members: z.array(alertSchema).meta({ description: 'Its alerts, the first one first; 100 at most' }),
    timeline: z.array(storyEntrySchema),
    cut: z.boolean().meta({ description: 'There is more than is shown' }),
  })
  .meta({ id: 'IncidentDetail' });

/** An incident with its alerts and what happened, as a type. */
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;

/** Which incidents, newest first. */
export const incidentListParameters = z.strictObject({
  ...pageParameters,
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  state: z.enum(['open', 'resolved']).optional(),
});

/** Which time is summed up. */
export const incidentSummaryParameters = z.strictObject({
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  from: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'RFC 3339; 30 days ago unless given' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'RFC 3339; now unless given' }),
});

/** Means over the incidents that were detected in some time, in seconds; null = there is none to count. */
export const incidentSummarySchema = z
  .object({
    from: instantSchema,
    to: instantSchema,
    count: z.int(),
    acknowledged: z.int(),
    resolved: z.int(),
    mttd: secondsSchema.nullable().meta({ description: 'Mean time to detect' }),
    mtta: secondsSchema.nullable().meta({ description: 'Mean time to acknowledge, of those that were' }),
    mttr: secondsSchema.nullable().meta({ description: 'Mean time to resolve, of those that are' }),
  })
  .meta({ id: 'IncidentSummary' });

/** Means over some time, as a type. */
export type IncidentSummary = z.infer<typeof incidentSummarySchema>;
