/** Policies of a check: they decide about its alerts, never about its status. */
import { z } from 'zod';
import { alertSeveritySchema } from './alert.ts';
import { PERIOD } from './schedule.ts';

/** Outcomes that are remembered; times down that are counted; seconds of a window of flapping. */
const MOST = { outcomes: 20, flips: 100, within: 86_400 } as const;

const runSeconds = z.int().min(1).max(PERIOD.most);

const afterSchema = z
  .strictObject({
    bad: z.int().min(1).max(MOST.outcomes),
    of: z.int().min(1).max(MOST.outcomes),
  })
  .refine(({ bad, of }) => bad <= of, { path: ['bad'], message: 'is more than there are outcomes (of)' })
  .meta({ description: 'Down is an alert when so many of the last outcomes were bad' });

const flappingSchema = z
  .strictObject({
    flips: z.int().min(2).max(MOST.flips),
    within: z.int().min(1).max(MOST.within),
  })
  .meta({ description: 'Down so many times within so many seconds: one message in that time' });

/** Policies of a check; what is left out is not asked for. Seconds. */
export const policiesSchema = z
  .strictObject({
    after: afterSchema.optional(),
    flapping: flappingSchema.optional(),
    longest_run: runSeconds.optional().meta({ description: 'A longer run is an alert: RunTooLong' }),
    shortest_run: runSeconds.optional().meta({ description: 'A shorter run is an alert: RunTooShort' }),
    least_interval: runSeconds
      .optional()
      .meta({ description: 'Two successes nearer to each other are an alert: TooOften' }),
    no_overlap: z
      .literal(true, 'must be true, or left out')
      .optional()
      .meta({ description: 'A run that begins during another is an alert: RunsOverlap' }),
    severity: alertSeveritySchema.optional().meta({
      description: 'Of all its alerts, whatever its tags say; alerts about runs are warnings without',
    }),
  })
  .refine(
    ({ longest_run: most, shortest_run: least }) => most === undefined || least === undefined || least < most,
    { path: ['shortest_run'], message: 'is not less than longest_run' },
  )
  .meta({ id: 'Policies', description: 'They decide about alerts; the status tells the truth without them' });

/** Policies of a check, as a type. */
export type Policies = z.infer<typeof policiesSchema>;
