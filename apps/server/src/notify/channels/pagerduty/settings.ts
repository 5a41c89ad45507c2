import { z } from 'zod';
import { httpUrl, messageLanguage } from '../../channel.ts';

/** The service region of the United States; `https://events.eu.pagerduty.com` is the European one. */
const DEFAULT_URL = 'https://events.pagerduty.com';

export const settings = z.strictObject({
  key: z
    .string()
    .regex(/^[!-~]{1,100}$/, { error: 'must be an integration key, without spaces' })
    .meta({
      secret: true,
      title: 'Integration key',
      title_fr: 'Clé d’intégration',
      description: 'From the integrations of the PagerDuty service',
      description_fr: 'Parmi les intégrations du service PagerDuty',
    }),
  api: z.enum(['v2', 'v1']).default('v2').meta({
    title: 'Events API',
    title_fr: 'API d’événements',
    description: 'v2 for a routing key, v1 for a service key',
    description_fr: 'v2 pour une clé de routage, v1 pour une clé de service',
  }),
  url: httpUrl().default(DEFAULT_URL).meta({
    title: 'Address of the events API',
    title_fr: 'Adresse de l’API d’événements',
    description: 'Another one for another region, or for a relay',
    description_fr: 'Une autre pour une autre région, ou pour un relais',
  }),
  language: messageLanguage(),
});
