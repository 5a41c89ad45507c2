import { z } from 'zod';
import { idSchema, instantSchema } from './common.ts';

/** One change that somebody made. */
export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    project: idSchema.nullable(),
    actor: z.string().meta({ description: 'E.g. `user:alice@example.com`, `key:hcw_ab12`, `admin-token`' }),
    action: z.string().meta({ description: 'E.g. `check.update`' }),
    target: z.string().meta({ description: 'What was changed' }),
    detail: z.record(z.string(), z.unknown()).meta({ description: 'Free of secrets' }),
  })
  .meta({ id: 'AuditEntry' });

/** One change that somebody made, as a type. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;
