import { z } from 'zod';
import { tagSchema } from './check.ts';
import { idSchema } from './common.ts';

const count = z.int().nonnegative();

/** How a project does, in numbers. */
export const summarySchema = z
  .object({
    project: idSchema,
    checks: z
      .object({
        new: count,
        up: count,
        grace: count,
        down: count,
        paused: count,
        started: count.meta({
          description: 'With a run in progress; each has one of the other statuses too',
        }),
        total: count,
      })
      .meta({ description: 'How many checks are what' }),
    alerts: z
      .object({
        firing: count,
        held: count.meta({ description: 'Of those, how many have a message that waits' }),
        acknowledged: count.meta({ description: 'Of those that fire' }),
      })
      .meta({ description: 'How many alerts there are now' }),
    tags: z
      .array(z.object({ tag: tagSchema, count }))
      .meta({ description: 'The most used first, 200 at most, with how many checks have each' }),
    environments: z.array(z.string()),
  })
  .meta({ id: 'Summary' });

/** How a project does, as a type. */
export type Summary = z.infer<typeof summarySchema>;
