import { z } from 'zod';
import { requireRights } from '../../databases/database-settings.ts';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

export const settings = z.strictObject({
  url: serviceUrl('mysql', 'mariadb').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'mysql://user:password@host:3306/database; the database may be left out.',
    description_fr: 'mysql://utilisateur:motdepasse@hôte:3306/base ; la base est facultative.',
  }),
  ...tlsSettings(),
  slow_after: z.number().positive().max(86_400).default(30).meta({
    title: 'Slow from, seconds',
    title_fr: 'Lente à partir de, secondes',
    description: 'A query that runs longer counts as slow.',
    description_fr: 'Une requête qui dure plus longtemps compte comme lente.',
  }),
  require_rights: requireRights(),
});

export type Settings = z.output<typeof settings>;
