import { z } from 'zod';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

/** Queues and nodes that are named at most. */
const MOST_NAMED = 100;
/** Characters of a name; AMQP's limit. */
const NAME_LENGTH = 255;

/** Kombu cuts a channel's name at the dot: with any other prefix a question would end each worker with a KeyError. */
const FANOUT_PREFIX = /^(\/[^.]*\.)?$/;

function names() {
  return z.array(z.string().min(1).max(NAME_LENGTH)).max(MOST_NAMED);
}

export const settings = z.strictObject({
  broker: serviceUrl('redis', 'rediss', 'amqp', 'amqps').meta({
    secret: true,
    title: 'Broker',
    title_fr: 'Courtier de messages',
    description: 'Celery’s broker_url: redis://..., rediss://..., amqp://... or amqps://...',
    description_fr: 'Le broker_url de Celery : redis://..., rediss://..., amqp://... ou amqps://...',
  }),
  min_workers: z.int().min(0).max(10_000).default(1).meta({
    title: 'Fewest workers',
    title_fr: 'Nombre minimal de workers',
    description: 'With fewer that answer it is down; 0 = none need answer',
    description_fr: 'En panne si moins répondent ; 0 = aucun n’a besoin de répondre',
  }),
  nodes: names().default([]).meta({
    title: 'Expected workers',
    title_fr: 'Workers attendus',
    description: 'By name, such as celery@web-1: each of them must answer',
    description_fr: 'Par nom, comme celery@web-1 : chacun doit répondre',
  }),
  queues: names().default(['celery']).meta({
    title: 'Queues',
    title_fr: 'Files',
    description: 'Whose waiting tasks are counted',
    description_fr: 'Dont les tâches en attente sont comptées',
  }),
  required_queues: names().default([]).meta({
    title: 'Queues that need a worker',
    title_fr: 'Files qui ont besoin d’un worker',
    description: 'Down when no worker takes tasks from one of them; counted too',
    description_fr: 'En panne si aucun worker n’y prend de tâches ; comptées aussi',
  }),
  wait: z.number().min(0.1).max(30).default(3).meta({
    title: 'Seconds to wait for answers',
    title_fr: 'Secondes d’attente des réponses',
    description: 'A worker that answers later counts as mute',
    description_fr: 'Un worker qui répond plus tard passe pour muet',
  }),
  control_exchange: z.string().min(1).max(NAME_LENGTH).default('celery').meta({
    title: 'control_exchange',
    title_fr: 'control_exchange',
    description: 'As in Celery’s own settings',
    description_fr: 'Comme dans les réglages de Celery',
  }),
  global_keyprefix: z.string().max(NAME_LENGTH).default('').meta({
    title: 'global_keyprefix',
    title_fr: 'global_keyprefix',
    description: 'Redis alone: as in broker_transport_options',
    description_fr: 'Redis seulement : comme dans broker_transport_options',
  }),
  fanout_prefix: z
    .string()
    .max(NAME_LENGTH)
    .regex(FANOUT_PREFIX, { error: 'must be empty, or begin with a slash and end with its only dot' })
    .default('/{db}.')
    .meta({
      title: 'fanout_prefix',
      title_fr: 'fanout_prefix',
      description: 'Redis alone: as in broker_transport_options; empty where it is false there',
      description_fr: 'Redis seulement : comme dans broker_transport_options ; vide s’il y est faux',
    }),
  separator: z.string().min(1).max(20).default('\x06\x16').meta({
    title: 'sep',
    title_fr: 'sep',
    description: 'Redis alone: as in broker_transport_options',
    description_fr: 'Redis seulement : comme dans broker_transport_options',
  }),
  tls_ca: tlsSettings().tls_ca,
});

export type Settings = z.output<typeof settings>;
