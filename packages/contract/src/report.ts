import { z } from 'zod';
import { idSchema, instantSchema, secondsSchema } from './common.ts';

/** How often a report comes. */
export const reportPeriodSchema = z.enum(['daily', 'weekly', 'monthly']);

/** How often a report comes, as a type. */
export type ReportPeriod = z.infer<typeof reportPeriodSchema>;

/** Which reports about a project the caller gets by mail. */
export const reportSubscriptionSchema = z
  .object({ project: idSchema, daily: z.boolean(), weekly: z.boolean(), monthly: z.boolean() })
  .meta({ id: 'ReportSubscription' });

/** Which reports about a project the caller gets by mail, as a type. */
export type ReportSubscription = z.infer<typeof reportSubscriptionSchema>;

/** The same of every project that the caller is a member of. */
export const reportSubscriptionsSchema = z
  .object({ items: z.array(reportSubscriptionSchema) })
  .meta({ id: 'ReportSubscriptions' });

/** The same of every project, as a type. */
export type ReportSubscriptions = z.infer<typeof reportSubscriptionsSchema>;

/** Changes of which reports come; what is left out stays. */
export const reportSubscriptionsPatchSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          project: idSchema,
          daily: z.boolean().optional(),
          weekly: z.boolean().optional(),
          monthly: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(100),
  })
  .meta({ id: 'ReportSubscriptionsPatch' });

const uptime = z
  .number()
  .min(0)
  .max(1)
  .nullable()
  .meta({ description: 'Part of the time with data in which it was not down; null = there is no data' });

const sums = {
  uptime,
  outages: z.int().meta({ description: 'Outages that were going on at any time of the period' }),
  down: secondsSchema.meta({ description: 'Seconds down' }),
};

/** A check as a report names it. */
export const reportedCheckSchema = z
  .object({
    check: z.string().meta({ description: "The check's UUID, or its unique key for who may not ping it" }),
    name: z.string(),
    environment: z.string(),
  })
  .meta({ id: 'ReportedCheck' });

/** A check as a report names it, as a type. */
export type ReportedCheck = z.infer<typeof reportedCheckSchema>;

function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    count: z.int().meta({ description: 'Of all; the items are the first 20' }),
    items: z.array(item),
  });
}

/** What happened to a project in a day, a week or a month. */
export const reportSchema = z
  .object({
    project: idSchema,
    period: reportPeriodSchema,
    time_zone: z.string(),
    from: instantSchema,
    to: instantSchema,
    subject: z.string().meta({ description: "The mail's subject, in the caller's language" }),
    checks: z.int(),
    total: z.object(sums),
    before: z.object(sums).nullable().meta({ description: 'Of the period before; null = there is no data' }),
    down_now: listOf(reportedCheckSchema.extend({ since: instantSchema.nullable() })),
    failed: listOf(reportedCheckSchema.extend({ ...sums, longest: secondsSchema })).meta({
      description: 'Checks that were down, the longest first',
    }),
    environments: z.array(z.object({ environment: z.string(), checks: z.int(), ...sums })),
    noisiest: z.array(reportedCheckSchema.extend({ messages: z.int() })),
    no_data: listOf(reportedCheckSchema).meta({ description: 'Checks that were new or paused all the time' }),
    unwatched: secondsSchema.meta({
      description: 'Seconds in which no server was running; in none of the figures',
    }),
  })
  .meta({ id: 'Report' });

/** What happened to a project in a day, a week or a month, as a type. */
export type ReportBody = z.infer<typeof reportSchema>;

/** Which report, and in which form: as data, or as the mail that its reader gets. */
export const reportParameters = z.strictObject({
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  period: reportPeriodSchema.optional().meta({ description: '`weekly` unless given' }),
  format: z.enum(['json', 'html', 'text']).optional().meta({ description: '`json` unless given' }),
});
