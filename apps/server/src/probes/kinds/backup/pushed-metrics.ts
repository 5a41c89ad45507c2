import { z } from 'zod';

const METRIC = /^[A-Za-z_:][A-Za-z0-9_:]*$/;
const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const NOT_A_METRIC = { error: 'must be letters, digits, _ and :, and not begin with a digit' };

/** Labels that series may be asked to have. */
const MOST_LABELS = 20;

function metric() {
  return z.string().trim().max(256).regex(METRIC, NOT_A_METRIC);
}

/** Which pushed metrics tell of a backup. */
export const pushedMetrics = z.strictObject({
  last_success: metric().meta({
    title: 'Time of the last success',
    title_fr: 'Heure du dernier succès',
    description:
      'A gauge of Unix time in seconds, such as mysql_backup_last_timestamp. Each of its series is a backup',
    description_fr:
      'Une jauge d’heure Unix en secondes, comme mysql_backup_last_timestamp. Chacune de ses séries est une sauvegarde',
  }),
  size: z
    .union([z.literal(''), metric()])
    .default('')
    .meta({
      title: 'Size in bytes',
      title_fr: 'Taille en octets',
      description: 'A gauge with the same labels, such as mysql_backup_size_bytes',
      description_fr: 'Une jauge avec les mêmes étiquettes, comme mysql_backup_size_bytes',
    }),
  status: z
    .union([z.literal(''), metric()])
    .default('')
    .meta({
      title: 'Outcome of the last run',
      title_fr: 'Issue de la dernière exécution',
      description: 'A gauge that is 1 when it went well, such as mysql_backup_status',
      description_fr: 'Une jauge qui vaut 1 quand tout s’est bien passé, comme mysql_backup_status',
    }),
  labels: z
    .record(z.string().regex(LABEL, { error: 'must be the name of a label' }), z.string().max(2_048))
    .refine((labels) => Object.keys(labels).length <= MOST_LABELS, {
      error: `must have at most ${MOST_LABELS} labels`,
    })
    .default({})
    .meta({
      title: 'Only with these labels',
      title_fr: 'Seulement avec ces étiquettes',
      description: 'Such as job: backup',
      description_fr: 'Par exemple job: backup',
    }),
});

export type Pushed = z.output<typeof pushedMetrics>;

/** A series in words: `metric{label="value"}`. */
export function wanted(metric: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? metric : `${metric}{${pairs.sort().join(',')}}`;
}
