import { z } from 'zod';
import { idSchema, instantSchema, pageParameters, secondsSchema, textSchema } from './common.ts';

/** One message to one channel, or to one person. */
export const deliverySchema = z
  .object({
    id: z.string(),
    key: z.string().meta({ description: 'Idempotency key: the same on each try' }),
    project: idSchema,
    channel: idSchema.nullable().meta({ description: 'Null once the channel is deleted, and of reports' }),
    channel_name: z.string().nullable(),
    user: z.string().nullable().meta({ description: 'Whom a report goes to; null = to a channel' }),
    check: z.string().nullable(),
    check_name: z.string().nullable(),
    alert: z.string().nullable().meta({
      description: 'The alert that it tells of; null where it is of none, or the alert is not kept any more',
    }),
    alert_name: z.string().nullable(),
    kind: z.string().meta({ description: '`firing`, `resolved`, `test`, `digest`, `notice` or `report`' }),
    state: z.string().meta({
      description:
        'queued, sent, failed, skipped (not wanted any more), or gathered (it is part of a digest)',
    }),
    attempts: z.int(),
    created_at: instantSchema,
    finished_at: instantSchema.nullable(),
    answer: z.string().meta({ description: "The provider's answer, shortened" }),
    error: z
      .string()
      .meta({ description: "What went wrong: Vigie's own words in the language of the reader" }),
  })
  .meta({ id: 'Delivery' });

/** One message to one channel, as a type. */
export type Delivery = z.infer<typeof deliverySchema>;

/** One try of a delivery. */
export const attemptSchema = z
  .object({
    n: z.int(),
    at: instantSchema,
    duration: secondsSchema,
    outcome: z.string(),
    answer: z.string().meta({ description: "The provider's answer, shortened" }),
  })
  .meta({ id: 'Attempt' });

/** A delivery with all its tries. */
export const deliveryDetailSchema = deliverySchema
  .extend({ tries: z.array(attemptSchema) })
  .meta({ id: 'DeliveryDetail' });

/** A delivery with all its tries, as a type. */
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;

/** Which deliveries, newest first. */
export const deliveryListParameters = z.strictObject({
  ...pageParameters,
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  check: textSchema(40).optional(),
  channel: idSchema.optional(),
  state: z.enum(['queued', 'sent', 'failed', 'skipped', 'gathered']).optional(),
  key: textSchema(200).optional(),
});
