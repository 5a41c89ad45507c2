import { z } from 'zod';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

export const settings = z.strictObject({
  url: serviceUrl('mqtt', 'mqtts').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'mqtt://user:password@host:1883, or mqtts:// with TLS',
    description_fr: 'mqtt://utilisateur:motdepasse@hôte:1883, ou mqtts:// avec TLS',
  }),
  tls_ca: tlsSettings().tls_ca,
  version: z.enum(['5', '3.1.1']).default('5').meta({ title: 'MQTT version', title_fr: 'Version de MQTT' }),
  topic: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[^#+$\p{Cc}][^#+\p{Cc}]*$/u, { error: 'must be a topic without wildcards' })
    .default('vigie/probe')
    .meta({
      title: 'Topic',
      title_fr: 'Sujet',
      description: 'A message goes to a random topic below it and must come back',
      description_fr: 'Un message part vers un sujet aléatoire en dessous et doit revenir',
    }),
  broker_statistics: z.boolean().default(true).meta({
    title: 'Broker’s statistics',
    title_fr: 'Statistiques du serveur',
    description: 'What Mosquitto publishes below $SYS/broker',
    description_fr: 'Ce que Mosquitto publie sous $SYS/broker',
  }),
});

export type Settings = z.output<typeof settings>;
