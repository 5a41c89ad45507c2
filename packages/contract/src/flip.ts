import { z } from 'zod';
import { idSchema, instantSchema, pageParameters } from './common.ts';

/** A recorded change of a check's status. */
export const flipSchema = z
  .object({
    id: z.string(),
    check: z.string().meta({ description: 'The id of the check' }),
    check_name: z.string(),
    at: instantSchema,
    from: z.string(),
    to: z.string(),
    reason: z.enum(['', 'timeout', 'fail']),
  })
  .meta({ id: 'Flip' });

/** A recorded change of a check's status, as a type. */
export type Flip = z.infer<typeof flipSchema>;

/** Which flips, newest first. */
export const flipListParameters = z.strictObject({
  ...pageParameters,
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});

/** Which flips of a project, newest first. */
export const projectFlipParameters = flipListParameters.extend({
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
});
