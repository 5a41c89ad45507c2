import { z } from 'zod';
import { requireRights } from '../../databases/database-settings.ts';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

/** Characters of a query. */
const QUERY_LENGTH = 10_000;
/** Tenant databases that one run looks at, at most. */
const TENANTS_AT_ONCE = 50;

export const settings = z.strictObject({
  url: serviceUrl('postgres', 'postgresql').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'postgres://user:password@host:5432/database; the user is best a member of pg_monitor.',
    description_fr:
      'postgres://utilisateur:motdepasse@hôte:5432/base ; l’utilisateur est de préférence membre de pg_monitor.',
  }),
  ...tlsSettings(),
  slow_after: z.number().positive().max(86_400).default(30).meta({
    title: 'Slow from, seconds',
    title_fr: 'Lente à partir de, secondes',
    description: 'A query that runs longer counts as slow.',
    description_fr: 'Une requête qui dure plus longtemps compte comme lente.',
  }),
  tenant_query: z.string().max(QUERY_LENGTH).default('').meta({
    title: 'Query of tenant databases',
    title_fr: 'Requête des bases des locataires',
    description:
      'Gives a column database, and tenant_id if you like: each of these databases is looked at too.',
    description_fr:
      'Donne une colonne database, et si l’on veut tenant_id : chacune de ces bases est vérifiée aussi.',
  }),
  tenant_pattern: z.string().max(200).default('').meta({
    title: 'Names of tenant databases',
    title_fr: 'Noms des bases des locataires',
    description: 'Instead of a query: a name with * for any characters, such as tenant_*.',
    description_fr: 'À la place d’une requête : un nom où * remplace des caractères, par exemple tenant_*.',
  }),
  tenants_per_run: z.int().min(1).max(TENANTS_AT_ONCE).default(5).meta({
    title: 'Tenant databases per run',
    title_fr: 'Bases de locataires par passage',
    description: 'They take turns when there are more.',
    description_fr: 'Elles passent à tour de rôle s’il y en a davantage.',
  }),
  require_rights: requireRights(),
});

export type Settings = z.output<typeof settings>;
