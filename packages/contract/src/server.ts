import { z } from 'zod';
import { instantSchema, secondsSchema } from './common.ts';

/** The server itself. */
export const serverSchema = z
  .object({
    version: z.string(),
    engine: z.enum(['sqlite', 'postgres']),
    now: instantSchema,
    started_at: instantSchema,
    uptime: secondsSchema,
    set_up: z.boolean().meta({ description: 'Whether an instance admin exists' }),
    site_name: z.string(),
    base_url: z.string(),
    ping_endpoint: z.string(),
    ping_email_domain: z.string(),
    mail: z.boolean().meta({ description: 'Whether the server can send mail' }),
  })
  .meta({ id: 'Server' });

/** The server itself, as a type. */
export type Server = z.infer<typeof serverSchema>;

/** A time in which nobody watched: no check was late for it. */
export const outageSchema = z
  .object({
    id: z.string(),
    from: instantSchema,
    to: instantSchema,
    moved: z.int().meta({ description: 'Checks whose deadline was moved' }),
  })
  .meta({ id: 'Outage' });

/** A time in which nobody watched, as a type. */
export type Outage = z.infer<typeof outageSchema>;
