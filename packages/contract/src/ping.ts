import { z } from 'zod';
import { instantSchema, secondsSchema } from './common.ts';

/** One report to a check. */
export const pingSchema = z
  .object({
    n: z.int().meta({ description: 'Counts the pings of the check' }),
    at: instantSchema,
    type: z
      .enum(['success', 'start', 'fail', 'log', 'ign'])
      .meta({ description: 'ign: recorded, and not counted' }),
    scheme: z.string(),
    remote_addr: z.string(),
    method: z.string(),
    user_agent: z.string(),
    rid: z.string().nullable().meta({ description: 'Names the run' }),
    exitstatus: z.int().nullable(),
    duration: secondsSchema.nullable().meta({
      description: 'Seconds that the run took which it ended; null = it ended none that is known',
    }),
    size: z.int().meta({ description: 'Bytes kept of its body' }),
  })
  .meta({ id: 'Ping' });

/** One report to a check, as a type. */
export type Ping = z.infer<typeof pingSchema>;
