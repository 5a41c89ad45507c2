import { z } from 'zod';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

/** Databases and keys that are watched at most. */
const MOST_WATCHED = 50;

export const settings = z.strictObject({
  url: serviceUrl('redis', 'rediss').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'redis://user:password@host:6379/0, or rediss:// with TLS',
    description_fr: 'redis://utilisateur:motdepasse@hôte:6379/0, ou rediss:// avec TLS',
  }),
  databases: z.array(z.int().min(0).max(65_535)).max(MOST_WATCHED).default([]).meta({
    title: 'Databases',
    title_fr: 'Bases',
    description: 'Their keys are counted also when there are none; databases with keys are counted anyway',
    description_fr:
      'Leurs clés sont comptées même s’il n’y en a pas ; les bases non vides le sont de toute façon',
  }),
  keys: z.array(z.string().min(1).max(500)).max(MOST_WATCHED).default([]).meta({
    title: 'Keys',
    title_fr: 'Clés',
    description: 'Whose size is measured, such as a queue’s list, in the database of the address',
    description_fr: 'Dont la taille est mesurée, comme la liste d’une file, dans la base de l’adresse',
  }),
  tls_ca: tlsSettings().tls_ca,
});
