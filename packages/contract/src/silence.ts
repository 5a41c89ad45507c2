import { z } from 'zod';
import {
  givenInstantSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageParameters,
  repeatedParameter,
  textSchema,
} from './common.ts';
import { matcherSchema, matchersSchema } from './matcher.ts';

const SILENCE_STATES = ['active', 'pending', 'expired'] as const;

/** A silence: it holds back the messages of the alerts whose labels match. */
export const silenceSchema = z
  .object({
    id: idSchema,
    project: idSchema,
    state: z.enum(SILENCE_STATES).meta({ description: 'pending: it has not begun' }),
    matchers: z.array(matcherSchema).meta({ description: 'All must hold' }),
    author: z.string(),
    comment: z.string(),
    starts_at: instantSchema,
    ends_at: instantSchema,
    hides: z.int().meta({ description: 'Alerts that fire now and match; 0 unless it is active' }),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'Silence' });

/** A silence, as a type. */
export type Silence = z.infer<typeof silenceSchema>;

/** A silence as somebody wants it. */
export const silenceInputSchema = z
  .strictObject({
    matchers: matchersSchema,
    starts_at: givenInstantSchema.optional().meta({ description: 'Now, unless given and later' }),
    ends_at: givenInstantSchema,
    comment: textSchema(4000, 1).meta({ description: 'Why, for who wonders' }),
    author: nameSchema(200).optional().meta({ description: 'Whoever calls, unless given' }),
    confirm: z.boolean().optional().meta({ description: 'Needed when it matches everything there is' }),
  })
  .meta({ id: 'SilenceInput' });

/** A silence as somebody wants it, as a type. */
export type SilenceInput = z.output<typeof silenceInputSchema>;

/** Matchers to try out. */
export const silencePreviewInputSchema = z
  .strictObject({ matchers: matchersSchema })
  .meta({ id: 'SilencePreviewInput' });

/** What a silence with such matchers would hide. */
export const silencePreviewSchema = z
  .object({
    alerts: z
      .object({
        count: z.int(),
        items: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            title: z.string(),
            labels: z.record(z.string(), z.string()),
            starts_at: instantSchema,
          }),
        ),
      })
      .meta({ description: 'That fire now; the first 100' }),
    checks: z
      .object({ count: z.int(), items: z.array(z.object({ id: z.string(), name: z.string() })) })
      .meta({ description: 'Whose alerts it would hide; the first 100' }),
    complete: z.boolean().meta({ description: 'False: there are more than were looked at' }),
  })
  .meta({ id: 'SilencePreview' });

/** What a silence with such matchers would hide, as a type. */
export type SilencePreview = z.infer<typeof silencePreviewSchema>;

/** Which silences, newest first. */
export const silenceListParameters = z.strictObject({
  ...pageParameters,
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  state: repeatedParameter(z.enum(SILENCE_STATES), SILENCE_STATES.length)
    .optional()
    .meta({ description: 'Is one of these now; repeatable' }),
  unused: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Active and hiding nothing; a page may then be short' }),
});

/** Which silences, as a type. */
export type SilenceListParameters = z.infer<typeof silenceListParameters>;
