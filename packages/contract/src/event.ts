import { z } from 'zod';
import { idSchema } from './common.ts';

/** One thing that changed: fetch it anew by its id. */
export const changeSchema = z
  .object({
    noun: z.enum([
      'check',
      'channel',
      'delivery',
      'project',
      'flip',
      'alert',
      'silence',
      'window',
      'incident',
    ]),
    project: idSchema,
    id: z.string(),
  })
  .meta({ id: 'Change' });

/** One thing that changed, as a type. */
export type Change = z.infer<typeof changeSchema>;

/** The data of a `change` event of `GET /api/vigie/events`. `resync` has none: fetch everything anew. */
export const changeEventSchema = z.object({ changes: z.array(changeSchema) }).meta({ id: 'ChangeEvent' });

/** The data of a `change` event, as a type. */
export type ChangeEvent = z.infer<typeof changeEventSchema>;
