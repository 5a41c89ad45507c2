import { z } from 'zod';
import { messageLanguage, secretUrl } from '../../channel.ts';

export const settings = z.strictObject({
  url: secretUrl({
    title: 'Address of the webhook',
    title_fr: 'Adresse du webhook',
    description: 'Of an incoming webhook that Slack made for the channel',
    description_fr: 'D’un webhook entrant que Slack a créé pour le canal',
  }),
  channel: z.string().max(100).nullable().default(null).meta({
    title: 'Channel',
    title_fr: 'Canal',
    description: 'Where the webhook lets it be chosen; Slack apps ignore it',
    description_fr: 'Si le webhook permet de le choisir ; les applications Slack l’ignorent',
  }),
  language: messageLanguage(),
});
