import { z } from 'zod';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

/** Queues that are watched at most. */
const MOST_QUEUES = 50;
/** Characters of a name. */
const NAME_LENGTH = 255;

export const settings = z.strictObject({
  url: serviceUrl('redis', 'rediss').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'redis://user:password@host:6379/0, or rediss:// with TLS',
    description_fr: 'redis://utilisateur:motdepasse@hôte:6379/0, ou rediss:// avec TLS',
  }),
  queues: z.array(z.string().min(1).max(NAME_LENGTH)).min(1).max(MOST_QUEUES).meta({
    title: 'Queues',
    title_fr: 'Files',
    description: 'By name; each must be there',
    description_fr: 'Par nom ; chacune doit exister',
  }),
  prefix: z.string().min(1).max(NAME_LENGTH).default('bull').meta({
    title: 'Prefix',
    title_fr: 'Préfixe',
    description: 'As in BullMQ’s own option',
    description_fr: 'Comme dans l’option de BullMQ',
  }),
  min_workers: z.int().min(0).max(10_000).default(0).meta({
    title: 'Fewest workers of each queue',
    title_fr: 'Nombre minimal de workers de chaque file',
    description: 'With fewer that are connected it is down; 0 = none need be',
    description_fr: 'En panne si moins sont connectés ; 0 = aucun n’a besoin de l’être',
  }),
  tls_ca: tlsSettings().tls_ca,
});

export type Settings = z.output<typeof settings>;
