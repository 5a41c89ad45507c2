import { z } from 'zod';
import { localPath } from '../../local-files.ts';
import { s3Settings } from '../../s3/settings.ts';
import { pushedMetrics } from './pushed-metrics.ts';

/** Hours: ten years. */
const LONGEST = 87_600;

export const settings = z
  .strictObject({
    files: z
      .union([
        z.literal(''),
        localPath().refine((path) => !path.includes('**'), { error: 'must not hold **' }),
      ])
      .default('')
      .meta({
        title: 'Files',
        title_fr: 'Fichiers',
        description:
          'Whole path with * and ?, as this server sees it: /var/backups/*/db-*.dump. The newest counts',
        description_fr:
          'Chemin complet avec * et ?, vu de ce serveur : /var/backups/*/db-*.dump. Le plus récent compte',
      }),
    s3: z.strictObject(s3Settings()).nullable().default(null).meta({
      title: 'Or a bucket',
      title_fr: 'Ou un compartiment',
    }),
    pushed: pushedMetrics.nullable().default(null).meta({
      title: 'Or pushed metrics',
      title_fr: 'Ou des métriques poussées',
    }),
    max_age_hours: z.number().positive().max(LONGEST).default(26).meta({
      title: 'Greatest age (hours)',
      title_fr: 'Âge maximal (heures)',
      description: 'Recovery point objective: how much work may be lost',
      description_fr: 'Objectif de point de reprise : combien de travail peut être perdu',
    }),
    min_bytes: z
      .int()
      .min(0)
      .default(1)
      .meta({ title: 'Least size (bytes)', title_fr: 'Taille minimale (octets)' }),
    min_percent_of_previous: z.number().min(0).max(1_000).default(50).meta({
      title: 'Least size (% of the one before)',
      title_fr: 'Taille minimale (% de la précédente)',
    }),
    settled_after_minutes: z.number().min(0).max(1_440).default(0).meta({
      title: 'Whole after (minutes)',
      title_fr: 'Complète après (minutes)',
      description: 'A file that changed later than that is still being written: the one before counts',
      description_fr: 'Un fichier modifié plus récemment est en cours d’écriture : le précédent compte',
    }),
  })
  .refine(
    ({ files, s3, pushed }) => [files !== '', s3 !== null, pushed !== null].filter(Boolean).length === 1,
    {
      path: ['files'],
      error: 'is missing: one of files, s3 and pushed is needed, and no other',
    },
  );

export type Settings = z.output<typeof settings>;
