import { z } from 'zod';
import { instantSchema, pageParameters, repeatedParameter } from './common.ts';
import { deliverySchema } from './delivery.ts';
import { flipSchema } from './flip.ts';
import { pingSchema } from './ping.ts';

const at = instantSchema;

/** One thing that happened to a check. */
export const timelineEntrySchema = z
  .discriminatedUnion('kind', [
    z.object({ at, kind: z.literal('ping'), ping: pingSchema }),
    z.object({ at, kind: z.literal('flip'), flip: flipSchema }),
    z.object({ at, kind: z.literal('delivery'), delivery: deliverySchema }),
  ])
  .meta({ id: 'TimelineEntry' });

/** One thing that happened to a check, as a type. */
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** Which of them, newest first. */
export const timelineParameters = z.strictObject({
  ...pageParameters,
  kind: repeatedParameter(z.enum(['ping', 'flip', 'delivery']), 3)
    .optional()
    .meta({ description: 'Repeatable; all that the caller may see unless given' }),
});
