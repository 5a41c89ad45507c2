import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  integerParameter,
  pageParameters,
  repeatedParameter,
  textSchema,
} from './common.ts';

/** How bad an alert is. */
export const alertSeveritySchema = z
  .enum(['critical', 'error', 'warning', 'info'])
  .meta({ id: 'AlertSeverity', description: 'P1 to P4 in a label mean these four' });

/** What kind of thing raised an alert. */
export const alertSourceSchema = z
  .enum(['check', 'probe', 'rule', 'log', 'objective', 'api'])
  .meta({ id: 'AlertSource' });

/** Something that holds a message back. */
export const holdSchema = z
  .object({
    by: z.enum(['silence', 'maintenance', 'dependency', 'flapping']),
    id: z.string().meta({ description: 'Of the silence, window or check; empty for flapping' }),
    text: z.string().meta({ description: 'Its comment or name' }),
    until: instantSchema.meta({ description: 'When it is looked at again' }),
  })
  .meta({ id: 'Hold' });

/** An alert: something that is or was wrong. */
export const alertSchema = z
  .object({
    id: z.string(),
    project: idSchema,
    environment: z.string(),
    source: alertSourceSchema,
    name: z.string(),
    title: z.string().meta({ description: 'Its name with what tells it from others of that name' }),
    summary: z.string().meta({
      description:
        'What is wrong: the annotation `summary` or `description`; where the alert is of Vigie itself, in the language of the reader',
    }),
    severity: alertSeveritySchema,
    state: z.enum(['firing', 'resolved']),
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
    generator_url: z.string(),
    fingerprint: z.string(),
    check: z.string().nullable().meta({ description: 'The check it is about' }),
    starts_at: instantSchema,
    ends_at: instantSchema.nullable().meta({ description: 'When it ends unless it is posted again' }),
    raised_at: instantSchema.meta({ description: 'When it reached this server' }),
    resolved_at: instantSchema.nullable(),
    updated_at: instantSchema,
    notified_at: instantSchema.nullable().meta({ description: 'When somebody was first told' }),
    untold: z.boolean().meta({
      description:
        'Nobody was told, though nothing holds it back: there is no channel for it, or no message arrived',
    }),
    held: z.array(holdSchema).meta({ description: 'What holds its message back now' }),
    silenced: z.object({ id: idSchema, text: z.string(), until: instantSchema }).nullable().meta({
      description:
        'While it fires, the silence that matches it for the longest, even where somebody was told before',
    }),
    acknowledged: z.object({ at: instantSchema, by: z.string() }).nullable(),
    incident: idSchema.nullable(),
    drill: z.boolean().meta({ description: 'Made for practice: nothing is wrong' }),
  })
  .meta({ id: 'Alert' });

/** An alert, as a type. */
export type Alert = z.infer<typeof alertSchema>;

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Filters of a list of alerts; all must hold. */
export const alertListParameters = z.strictObject({
  ...pageParameters,
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  state: z.enum(['firing', 'resolved']).optional(),
  held: flag.optional().meta({ description: 'Its message is held back' }),
  acked: flag.optional().meta({ description: 'Somebody acknowledged it' }),
  severity: repeatedParameter(alertSeveritySchema, 4)
    .optional()
    .meta({ description: 'Is one of these; repeatable' }),
  check: textSchema(40).optional().meta({ description: 'Of this check' }),
  source: alertSourceSchema.optional(),
  environment: textSchema(50).optional(),
  filter: repeatedParameter(textSchema(5_000), 20).optional().meta({
    description: 'A matcher such as `severity=~"critical|error"`; repeatable: all must match',
  }),
});

/** What goes with an acknowledgement. */
export const acknowledgeSchema = z
  .strictObject({
    comment: textSchema(1_000).optional().meta({ description: 'Kept in the account of the alert' }),
  })
  .meta({ id: 'Acknowledge' });

/** One thing that happened, or was decided. */
export const storyEntrySchema = z
  .object({
    at: instantSchema,
    kind: z.string(),
    text: z.string().meta({ description: 'One plain sentence, in the language of the reader' }),
    alert: z.string().nullable().meta({ description: 'The alert it is about' }),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'StoryEntry' });

/** One thing that happened, as a type. */
export type StoryEntry = z.infer<typeof storyEntrySchema>;

/** The whole account of an alert. */
export const alertStorySchema = z
  .object({ alert: alertSchema, story: z.array(storyEntrySchema), cut: z.boolean() })
  .meta({ id: 'AlertStory' });

/** The whole account of an alert, as a type. */
export type AlertStory = z.infer<typeof alertStorySchema>;

/** Which time is explained. */
export const explainParameters = z.strictObject({
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  from: z.iso.datetime({ offset: true }).meta({ description: 'RFC 3339' }),
  to: z.iso.datetime({ offset: true }).meta({ description: 'RFC 3339; 31 days after `from` at most' }),
  check: textSchema(40).optional().meta({ description: 'Only what concerns this check' }),
  limit: integerParameter(1, 1_000).optional().meta({ description: '1,000 unless given' }),
});

/** Who was told of what in some time, and why not. */
export const explanationSchema = z
  .object({
    from: instantSchema,
    to: instantSchema,
    story: z.array(storyEntrySchema).meta({ description: 'The oldest first' }),
    cut: z.boolean().meta({ description: 'There is more: go on from the time of the last entry' }),
  })
  .meta({ id: 'Explanation' });

/** Who was told of what in some time, as a type. */
export type Explanation = z.infer<typeof explanationSchema>;
