import { z } from 'zod';
import { tagSchema } from './check.ts';
import {
  givenInstantSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageParameters,
  textSchema,
} from './common.ts';
import { environmentSchema } from './project.ts';

/** Seconds of one opening: both ends included. */
export const WINDOW_LENGTH = { least: 60, most: 7 * 86_400 } as const;

const environmentsSchema = z.array(environmentSchema).max(20);
const tagsSchema = z.array(tagSchema).max(50);
const tags = { description: 'Alerts with any of these tags; empty = whatever their tags' };
const environments = { description: 'Alerts of any of these environments; empty = of all' };
const startsAt = { description: 'Once: when it opens. With a schedule: it opens at no earlier time' };
const endsAt = { description: 'Once: when it closes. With a schedule: it is closed from then on' };
const schedule = { description: 'Cron: each time it opens; null = once' };

/** A maintenance window: while it is open, the messages of what it covers are held back. */
export const windowSchema = z
  .object({
    id: idSchema,
    project: idSchema,
    name: z.string(),
    tags: z.array(z.string()).meta(tags),
    environments: z.array(z.string()).meta(environments),
    starts_at: instantSchema.nullable().meta(startsAt),
    ends_at: instantSchema.nullable().meta(endsAt),
    schedule: z.string().nullable().meta(schedule),
    duration: z.int().nullable().meta({ description: 'Seconds, with a schedule' }),
    time_zone: z.string().nullable().meta({ description: 'Of the schedule' }),
    author: z.string(),
    comment: z.string(),
    disabled: z.boolean(),
    open_until: instantSchema.nullable().meta({ description: 'Null = it is closed now' }),
    opens_next: instantSchema.nullable().meta({ description: 'Null = it never opens again' }),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'Window' });

/** A maintenance window, as a type. */
export type Window = z.infer<typeof windowSchema>;

/** A maintenance window as somebody wants it: once between two instants, or by a schedule. */
export const windowInputSchema = z
  .strictObject({
    name: nameSchema(200),
    tags: tagsSchema.optional().meta(tags),
    environments: environmentsSchema.optional().meta(environments),
    starts_at: givenInstantSchema.nullish().meta(startsAt),
    ends_at: givenInstantSchema.nullish().meta(endsAt),
    schedule: z.string().min(1).max(100).nullish().meta(schedule),
    duration: z
      .int()
      .min(WINDOW_LENGTH.least)
      .max(WINDOW_LENGTH.most)
      .nullish()
      .meta({ description: 'Seconds, with a schedule' }),
    time_zone: z
      .string()
      .min(1)
      .max(100)
      .nullish()
      .meta({ description: "IANA name; the server's unless given" }),
    comment: textSchema(4000).optional(),
    author: nameSchema(200).optional().meta({ description: 'Whoever calls, unless given' }),
    disabled: z.boolean().optional(),
  })
  .meta({ id: 'WindowInput' });

/** A maintenance window as somebody wants it, as a type. */
export type WindowInput = z.output<typeof windowInputSchema>;

/** Which maintenance windows, newest first. */
export const windowListParameters = z.strictObject({
  ...pageParameters,
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
});
