import { z } from 'zod';

/** The kinds of failure, each with one HTTP status. */
export const errorCodeSchema = z
  .enum([
    'invalid',
    'unauthenticated',
    'second_factor',
    'forbidden',
    'not_found',
    'conflict',
    'too_large',
    'rate_limited',
    'internal',
    'unavailable',
  ])
  .meta({ id: 'ErrorCode' });

/** What every failed call answers. */
export const errorSchema = z
  .object({
    error: z.object({
      code: errorCodeSchema,
      message: z.string().meta({ description: 'One sentence for a person' }),
      field: z.string().nullable().meta({ description: 'The offending input, where there is one' }),
      current_revision: z
        .int()
        .optional()
        .meta({ description: 'With a conflict: the revision at which the thing is by now' }),
    }),
  })
  .meta({ id: 'Error', description: 'Why a call failed' });

/** A kind of failure, as a type. */
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** What every failed call answers, as a type. */
export type ErrorBody = z.infer<typeof errorSchema>;
