import { z } from 'zod';
import { instantSchema } from './common.ts';

/** One place where a person is signed in. */
export const sessionSchema = z
  .object({
    id: z.string(),
    current: z.boolean().meta({ description: 'The session of this very call' }),
    created_at: instantSchema,
    seen_at: instantSchema.meta({ description: 'To the hour' }),
    expires_at: instantSchema,
    remote_addr: z.string(),
    user_agent: z.string(),
  })
  .meta({ id: 'Session' });

/** A session, as a type. */
export type Session = z.infer<typeof sessionSchema>;
