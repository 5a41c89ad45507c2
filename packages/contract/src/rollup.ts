import { z } from 'zod';
import { instantSchema, secondsSchema } from './common.ts';

const sums = {
  successes: z.int(),
  failures: z.int(),
  starts: z.int(),
  logs: z.int(),
  ignored: z.int(),
  runs: z.int().meta({ description: 'Runs whose duration is known' }),
  duration_sum: secondsSchema,
  duration_max: secondsSchema,
  down: secondsSchema.meta({ description: 'Seconds down' }),
  uptime: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: 'Part of the time it was not down; null = no time' }),
};

/** The sums of a check over an hour or a day, UTC. */
export const rollupSchema = z.object({ start: instantSchema, ...sums }).meta({ id: 'Rollup' });

/** The sums of an hour or a day, as a type. */
export type Rollup = z.infer<typeof rollupSchema>;

/** The history of a check in sums. Hours and days without pings and without time down are left out. */
export const rollupsSchema = z
  .object({
    period: z.enum(['hour', 'day']),
    from: instantSchema,
    to: instantSchema,
    items: z.array(rollupSchema),
    total: z.object(sums),
  })
  .meta({ id: 'Rollups' });

/** The history of a check in sums, as a type. */
export type Rollups = z.infer<typeof rollupsSchema>;

/** Which sums: at most 400 days, or 32 days by the hour. */
export const rollupParameters = z.strictObject({
  period: z.enum(['hour', 'day']).optional().meta({ description: '`day` unless given' }),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
