import { z } from 'zod';
import { idSchema, instantSchema, jsonRecordSchema, nameSchema } from './common.ts';

const settingsSchema = jsonRecordSchema().refine(
  (settings) => JSON.stringify(settings).length <= 20_000,
  'is larger than 20,000 characters',
);

const budgetSchema = z.int().min(1).max(10_000).nullable().meta({
  description:
    'Messages an hour; those beyond it come together in one at its end, but for critical ones. Null: no bound',
});

/** One configured way to notify. */
export const channelSchema = z
  .object({
    id: idSchema,
    project: idSchema,
    kind: z.string(),
    name: z.string(),
    settings: z
      .record(z.string(), z.unknown())
      .meta({ description: "As the kind's schema says, without its secrets" }),
    secrets: z.array(z.string()).meta({ description: 'Secret settings that are set; never shown' }),
    disabled: z.boolean(),
    budget: budgetSchema,
    checks_count: z.int().meta({ description: 'How many checks tell it' }),
    last_error: z.string().meta({ description: 'Why the last message failed; empty = it did not' }),
    last_notify_at: instantSchema.nullable().meta({ description: 'When the last message was tried' }),
    created_at: instantSchema,
  })
  .meta({ id: 'Channel' });

/** One configured way to notify, as a type. */
export type Channel = z.infer<typeof channelSchema>;

/** A new channel. */
export const channelCreateSchema = z
  .strictObject({
    kind: z.string().max(50),
    name: nameSchema(100),
    settings: settingsSchema,
    budget: budgetSchema.optional(),
    assign_all: z.boolean().optional().meta({ description: 'Assign it to every check of the project' }),
  })
  .meta({ id: 'ChannelCreate' });

/** A new channel, as a type. */
export type ChannelCreate = z.infer<typeof channelCreateSchema>;

/** What may be changed of a channel; settings that are left out stay, null takes one away. */
export const channelPatchSchema = z
  .strictObject({
    name: nameSchema(100).optional(),
    settings: settingsSchema.optional(),
    disabled: z.boolean().optional(),
    budget: budgetSchema.optional(),
  })
  .meta({ id: 'ChannelPatch' });

/** What may be changed of a channel, as a type. */
export type ChannelPatch = z.infer<typeof channelPatchSchema>;

/** A kind of channel with the form of its settings. */
export const channelKindSchema = z
  .object({
    kind: z.string(),
    name: z.string(),
    settings_schema: z
      .record(z.string(), z.unknown())
      .meta({ description: 'JSON Schema 2020-12; `secret: true` marks secrets' }),
  })
  .meta({ id: 'ChannelKind' });

/** A kind of channel, as a type. */
export type ChannelKind = z.infer<typeof channelKindSchema>;

/** A test message that was queued. */
export const testSentSchema = z
  .object({ key: z.string().meta({ description: 'The key of its delivery' }) })
  .meta({ id: 'TestSent' });
