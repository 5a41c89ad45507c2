import { z } from 'zod';

/** Seconds: a year. */
const LONGEST = 31_536_000;

export const settings = z.strictObject({
  schedule: z
    .string()
    .max(4_096)
    .regex(/^\/[^\0]*[^/\0]$/, { error: 'must be the whole path of a file' })
    .default('/var/run/celery/celerybeat-schedule')
    .meta({
      title: 'Schedule file',
      title_fr: 'Fichier de planification',
      description: 'Beat’s --schedule, as this server sees it, without .db or .dat',
      description_fr: 'Le --schedule de beat, vu de ce serveur, sans .db ni .dat',
    }),
  longest_interval: z.number().min(1).max(LONGEST).default(180).meta({
    title: 'Longest interval (seconds)',
    title_fr: 'Plus long intervalle (secondes)',
    description: 'Of the tasks that beat sends: only sending makes it write',
    description_fr: 'Des tâches que beat envoie : il n’écrit que lorsqu’il envoie',
  }),
  max_age: z.number().min(1).max(LONGEST).nullable().default(null).meta({
    title: 'Greatest age (seconds)',
    title_fr: 'Âge maximal (secondes)',
    description:
      'Unless told 180 more than the longest interval, and 360 at least, for beat writes every 180 s; with beat_sync_every=1 it may be little more than the interval',
    description_fr:
      'Sinon 180 de plus que le plus long intervalle, et au moins 360, car beat écrit toutes les 180 s ; avec beat_sync_every=1, guère plus que l’intervalle suffit',
  }),
});

export type Settings = z.output<typeof settings>;

/** Seconds between two writes of beat's own accord (`Scheduler.sync_every` of Celery). */
const SYNC_EVERY = 180;

/** Seconds after which a schedule that is not written is stale. */
export function ageLimitOf({ longest_interval, max_age }: Settings): number {
  return max_age ?? Math.max(SYNC_EVERY, longest_interval) + SYNC_EVERY;
}
