import { z } from 'zod';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

/** Characters of a query. */
const QUERY_LENGTH = 10_000;
/** Rows that become series, at most. */
const ROWS = 1_000;

export const settings = z.strictObject({
  url: serviceUrl('postgres', 'postgresql', 'mysql', 'mariadb').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'postgres:// or mysql://user:password@host/database; best of a user who can only read.',
    description_fr:
      'postgres:// ou mysql://utilisateur:motdepasse@hôte/base ; de préférence d’un utilisateur qui ne peut que lire.',
  }),
  ...tlsSettings(),
  query: z.string().trim().min(1).max(QUERY_LENGTH).meta({
    title: 'Query',
    title_fr: 'Requête',
    description: 'One SELECT. A column of numbers is the value, the others are labels.',
    description_fr: 'Un seul SELECT. Une colonne de nombres est la valeur, les autres sont des étiquettes.',
  }),
  metric: z
    .string()
    .max(200)
    .regex(/^[A-Za-z_:][A-Za-z0-9_:]*$/, {
      error: 'must be letters, digits and _, and not begin with a digit',
    })
    .default('sql_value')
    .meta({
      title: 'Name of the measurement',
      title_fr: 'Nom de la mesure',
      description: 'Such as documents_waiting.',
      description_fr: 'Par exemple documents_waiting.',
    }),
  value: z.string().max(200).default('').meta({
    title: 'Column of the value',
    title_fr: 'Colonne de la valeur',
    description: 'Where there are several columns of numbers; one called value is found by itself.',
    description_fr: 'S’il y a plusieurs colonnes de nombres ; une colonne value est trouvée toute seule.',
  }),
  max_rows: z.int().min(1).max(ROWS).default(100).meta({
    title: 'Rows at most',
    title_fr: 'Nombre maximal de lignes',
    description: 'More of them are a failure.',
    description_fr: 'Au-delà, c’est un échec.',
  }),
  when_empty: z
    .enum(['fail', 'well'])
    .default('fail')
    .meta({
      title: 'No row is',
      title_fr: 'Aucune ligne est',
      description: 'What it means that the query finds nothing.',
      description_fr: 'Ce que signifie une requête qui ne trouve rien.',
      choices: { fail: 'a failure', well: 'well' } satisfies Record<'fail' | 'well', string>,
    }),
});

export type Settings = z.output<typeof settings>;
