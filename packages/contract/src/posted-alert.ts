/** Alerts that others post: in our own words, and as Alertmanager's webhook. */
import { z } from 'zod';
import { givenInstantSchema, textSchema, wellFormed } from './common.ts';

/** Bounds of one alert, and of one request. */
export const POST_BOUNDS = {
  alerts: 10_000,
  labels: 64,
  nameLength: 200,
  valueLength: 4_096,
  annotations: 64,
  /** Characters of all annotations together. */
  annotationText: 65_536,
  /** Bytes of a body. */
  body: 16 * 2 ** 20,
} as const;

/** In labels: they are names and values on one line. */
const CONTROL = /\p{Cc}/u;
/** In annotations: all but line ends and tabs. */
const RAW_CONTROL = /(?![\n\t\r])\p{Cc}/u;

const labelNameSchema = z
  .string()
  .min(1)
  .max(POST_BOUNDS.nameLength)
  .refine((name) => !CONTROL.test(name), 'has a name with a control character')
  .check(wellFormed);

/** Named texts: `most` of them, none with a character that `refusal` finds. */
function setOf(value: z.ZodString, refusal: RegExp, most: number, what: string) {
  return z
    .record(
      labelNameSchema,
      value.refine((text) => !refusal.test(text), 'contains a control character').check(wellFormed),
    )
    .refine((set) => Object.keys(set).length <= most, `has more than ${most} ${what}`);
}

const labelsSchema = setOf(
  z.string().max(POST_BOUNDS.valueLength),
  CONTROL,
  POST_BOUNDS.labels,
  'labels',
).meta({
  description: `Who it is: 1 to ${POST_BOUNDS.labels} labels; one without a value counts as not there. \`alertname\`, \`severity\` and \`environment\` are understood`,
});

const annotationsSchema = setOf(
  z.string().max(POST_BOUNDS.annotationText),
  RAW_CONTROL,
  POST_BOUNDS.annotations,
  'annotations',
).refine(
  (set) => Object.values(set).reduce((sum, { length }) => sum + length, 0) <= POST_BOUNDS.annotationText,
  `has more than ${POST_BOUNDS.annotationText} characters in all`,
);

const generatorUrlSchema = textSchema(2_000);

/** An alert as it is posted. */
export const postedAlertSchema = z
  .strictObject({
    labels: labelsSchema,
    annotations: annotationsSchema.optional().meta({ description: 'What it says; may change' }),
    starts_at: givenInstantSchema.optional().meta({ description: 'Now, or `ends_at` if that is past' }),
    ends_at: givenInstantSchema
      .optional()
      .meta({ description: 'In the past: it is over. Left out: 5 minutes from now, unless posted again' }),
    generator_url: generatorUrlSchema.optional(),
  })
  .meta({ id: 'PostedAlert' });

/** An alert as Alertmanager's webhook brings it; what it does not know is passed over. */
export const webhookAlertSchema = z
  .object({
    status: z.enum(['firing', 'resolved']),
    labels: labelsSchema,
    annotations: annotationsSchema.optional(),
    startsAt: givenInstantSchema.optional(),
    endsAt: givenInstantSchema.optional(),
    generatorURL: generatorUrlSchema.optional(),
  })
  .meta({ id: 'WebhookAlert' });

/** The list that is posted, for who reads the description. */
export const postedAlertsSchema = z.array(postedAlertSchema).max(POST_BOUNDS.alerts);

/** The body of Alertmanager's webhook, version 4, for who reads the description. */
export const alertWebhookSchema = z
  .object({ version: z.literal('4').optional(), alerts: z.array(webhookAlertSchema).max(POST_BOUNDS.alerts) })
  .meta({ id: 'AlertWebhook' });

/** What is taken in of a list: each entry is read alone, so that a bad one does not keep the others out. */
export const givenAlertsSchema = z.array(z.unknown()).max(POST_BOUNDS.alerts);

/** The same of Alertmanager's webhook. */
export const givenWebhookSchema = alertWebhookSchema.extend({ alerts: givenAlertsSchema });

/** What became of a post. */
export const alertsAcceptedSchema = z
  .object({
    accepted: z.int().meta({ description: 'Alerts that were taken in, or were over already' }),
    rejected: z.array(
      z.object({
        index: z.int().meta({ description: 'Its place in the list, from 0' }),
        field: z.string().meta({ description: 'Empty: the alert as a whole' }),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'AlertsAccepted' });

/** What became of a post, as a type. */
export type AlertsAccepted = z.infer<typeof alertsAcceptedSchema>;
