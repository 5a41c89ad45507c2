import { z } from 'zod';
import { secretUrl } from '../../channel.ts';
import { LANGUAGES } from '../../texts/texts.ts';

/** The service region of the United States; `https://events.eu.pagerduty.com` is the European one. */
const DEFAULT_URL = 'https://events.pagerduty.com';

export const settings = z.strictObject({
  key: z
    .string()
    .regex(/^[!-~]{1,100}$/, { error: 'must be an integration key, without spaces' })
    .meta({ secret: true, description: 'Integration key' }),
  api: z
    .enum(['v2', 'v1'])
    .default('v2')
    .meta({ description: 'Events API of the key: v2 for a routing key, v1 for a service key' }),
  url: secretUrl('').default(DEFAULT_URL).meta({ description: 'Where the events API is' }),
  language: z.enum(LANGUAGES).default('en').meta({ description: 'Language of the incident' }),
});
