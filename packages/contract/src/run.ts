import { z } from 'zod';
import { idSchema, instantSchema, repeatedParameter, secondsSchema, textSchema } from './common.ts';

/** A run that ended. */
export const runSchema = z
  .object({
    n: z.int().meta({ description: 'The number of the ping that ended it' }),
    at: instantSchema.meta({ description: 'When it ended' }),
    kind: z.enum(['success', 'fail']),
    duration: secondsSchema.nullable().meta({ description: 'Seconds; null = its start is not known' }),
  })
  .meta({ id: 'Run' });

/** A run that ended, as a type. */
export type Run = z.infer<typeof runSchema>;

/** Which checks' runs. */
export const runParameters = z.strictObject({
  id: repeatedParameter(textSchema(40), 100).meta({
    description: 'Of a check; repeatable, all of one project: that of the first, unless `project` names it',
  }),
  project: idSchema.optional().meta({ description: 'With it, ids of no check of the project match nothing' }),
});

/** The last runs of several checks. */
export const runsSchema = z
  .object({
    items: z
      .record(z.string(), z.array(runSchema))
      .meta({ description: 'By the id of the check, oldest first: up to 30 among its last 60 pings' }),
  })
  .meta({ id: 'Runs' });

/** The last runs of several checks, as a type. */
export type Runs = z.infer<typeof runsSchema>;
