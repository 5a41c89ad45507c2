import { z } from 'zod';
import { tlsSettings } from '../../tls-settings.ts';

/** Bootstrap brokers; more help nobody. */
const MOST_BROKERS = 20;
/** Topics and groups that are named. */
const MOST_NAMES = 200;
/** Kafka's own limit of a topic's name (`Topic.MAX_NAME_LENGTH`). */
const NAME_LENGTH = 249;

const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

function names() {
  return z.array(z.string().min(1).max(NAME_LENGTH)).max(MOST_NAMES).default([]);
}

export const settings = z.strictObject({
  brokers: z
    .array(
      z
        .string()
        .max(300)
        .regex(/^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):\d{1,5}$/, { error: 'must be host:port' }),
    )
    .min(1)
    .max(MOST_BROKERS)
    .meta({
      title: 'Brokers',
      title_fr: 'Serveurs',
      description: 'host:port; the first that answers names the others',
      description_fr: 'hôte:port ; le premier qui répond nomme les autres',
    }),
  username: z.string().max(500).default('').meta({ title: 'User', title_fr: 'Utilisateur' }),
  password: z
    .string()
    .max(2_000)
    .default('')
    .meta({ secret: true, title: 'Password', title_fr: 'Mot de passe' }),
  mechanism: z.enum(MECHANISMS).default('SCRAM-SHA-512').meta({
    title: 'SASL mechanism',
    title_fr: 'Mécanisme SASL',
    description: 'With a user only',
    description_fr: 'Avec un utilisateur seulement',
  }),
  ...tlsSettings(),
  topics: names().meta({
    title: 'Topics',
    title_fr: 'Sujets',
    description: 'These must be there. Without any, all are measured',
    description_fr: 'Ceux-ci doivent exister. Sans aucun, tous sont mesurés',
  }),
  groups: names().meta({
    title: 'Consumer groups',
    title_fr: 'Groupes de consommateurs',
    description: 'These must be there. Without any, all are measured',
    description_fr: 'Ceux-ci doivent exister. Sans aucun, tous sont mesurés',
  }),
  lag_without_offset: z.enum(['ignore', 'from_earliest']).default('ignore').meta({
    title: 'Lag of a partition that was never read',
    title_fr: 'Retard d’une partition jamais lue',
  }),
});

export type Settings = z.output<typeof settings>;

/** `host:port`, as its parts; brackets of an IPv6 address are taken off. */
export function brokerOf(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(text.slice(colon + 1)) };
}
