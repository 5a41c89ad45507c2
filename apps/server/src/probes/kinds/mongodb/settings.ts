import { z } from 'zod';
import { requireRights } from '../../databases/database-settings.ts';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

export const settings = z.strictObject({
  url: serviceUrl('mongodb').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description:
      'mongodb://user:password@host:27017/?authSource=admin; of one member, each has a probe of its own.',
    description_fr:
      'mongodb://utilisateur:motdepasse@hôte:27017/?authSource=admin ; d’un seul membre, chacun a sa propre sonde.',
  }),
  ...tlsSettings(),
  require_rights: requireRights(),
});

export type Settings = z.output<typeof settings>;
