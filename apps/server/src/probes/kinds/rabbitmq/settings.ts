import { z } from 'zod';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

/** Queues that are named at most. */
const MOST_NAMED = 100;
/** Characters of a name; AMQP's limit. */
const NAME_LENGTH = 255;

/** Empty = none. */
function urlOrNone(...schemes: string[]) {
  const url = serviceUrl(...schemes);
  return z.string().refine((text) => text === '' || url.safeParse(text).success, {
    error: `must be empty or an address that begins with ${schemes.join(':// or ')}://`,
  });
}

export const settings = z
  .strictObject({
    url: urlOrNone('amqp', 'amqps').default('').meta({
      secret: true,
      title: 'Address for AMQP',
      title_fr: 'Adresse AMQP',
      description: 'amqp://user:password@host:5672/vhost, or amqps:// with TLS; the vhost / is written %2F',
      description_fr:
        'amqp://utilisateur:motdepasse@hôte:5672/vhost, ou amqps:// avec TLS ; le vhost / s’écrit %2F',
    }),
    management_url: urlOrNone('http', 'https').default('').meta({
      secret: true,
      title: 'Address of the management API',
      title_fr: 'Adresse de l’API de gestion',
      description:
        'http://user:password@host:15672: alarms, nodes and all queues; the user needs the tag monitoring',
      description_fr:
        'http://utilisateur:motdepasse@hôte:15672 : alarmes, nœuds et toutes les files ; l’utilisateur a besoin du tag monitoring',
    }),
    queues: z.array(z.string().min(1).max(NAME_LENGTH)).max(MOST_NAMED).default([]).meta({
      title: 'Queues',
      title_fr: 'Files',
      description: 'That must be there, in the vhost of the AMQP address, or else in /',
      description_fr: 'Qui doivent exister, dans le vhost de l’adresse AMQP, ou sinon dans /',
    }),
    tls_ca: tlsSettings().tls_ca,
  })
  .refine(({ url, management_url }) => url !== '' || management_url !== '', {
    path: ['url'],
    error:
      'is missing: an address is needed for AMQP (url), for the management API (management_url) or for both',
  });

export type Settings = z.output<typeof settings>;
