import { z } from 'zod';
import { givenInstantSchema, idSchema, instantSchema, pageParameters, textSchema } from './common.ts';

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
    names: z.record(z.string(), z.string()).meta({
      description:
        'What the ids in `target` and `detail` are called; of what is gone, what it was called last',
    }),
  })
  .meta({ id: 'AuditEntry' });

/** One change that somebody made, as a type. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Which changes, newest first; all must hold. */
export const auditListParameters = z.strictObject({
  ...pageParameters,
  project: idSchema.optional().meta({ description: 'Left out: everything, for the instance admin' }),
  actor: textSchema(200, 1).optional().meta({ description: 'Part of who did it; any case' }),
  action: textSchema(100, 1).optional().meta({ description: 'The beginning of it: `check.`, `user.create`' }),
  from: givenInstantSchema.optional(),
  to: givenInstantSchema.optional().meta({ description: 'RFC 3339; not included' }),
});
