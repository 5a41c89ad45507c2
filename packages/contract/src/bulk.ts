import { z } from 'zod';
import { tagSchema } from './check.ts';
import { idSchema } from './common.ts';

const ids = z.array(idSchema).min(1).max(1000).meta({ description: 'Checks of the project' });

/** The same change to many checks. */
export const bulkSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.enum(['pause', 'resume', 'clear', 'remove', 'restore']), ids }),
    z.strictObject({ action: z.enum(['tag', 'untag']), ids, value: tagSchema }),
    z.strictObject({
      action: z.enum(['add_channel', 'remove_channel']),
      ids,
      value: idSchema.meta({ description: 'Of a channel' }),
    }),
  ])
  .meta({ id: 'BulkChange' });

/** The same change to many checks, as a type. */
export type BulkBody = z.infer<typeof bulkSchema>;

/** What became of each check. */
export const bulkOutcomeSchema = z
  .object({
    done: z.array(idSchema).meta({ description: 'Changed, or so already' }),
    failed: z.array(z.object({ id: idSchema, message: z.string() })),
  })
  .meta({ id: 'BulkOutcome' });

/** What became of each check, as a type. */
export type BulkOutcome = z.infer<typeof bulkOutcomeSchema>;
