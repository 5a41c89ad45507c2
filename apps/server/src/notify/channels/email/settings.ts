import { z } from 'zod';
import { messageLanguage } from '../../channel.ts';

/** RFC 5321 section 4.5.3.1: 64 for the mailbox, 255 for the domain. `root@localhost` is an address here. */
const ADDRESS = /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}@[^\s@<>"(),:;\\[\]\p{Cc}]{1,255}$/u;

export const settings = z.strictObject({
  address: z.string().regex(ADDRESS, { error: 'must be an e-mail address' }).meta({
    title: 'E-mail address',
    title_fr: 'Adresse électronique',
  }),
  down: z.boolean().default(true).meta({
    title: 'Tell of outages',
    title_fr: 'Prévenir des pannes',
  }),
  up: z.boolean().default(true).meta({
    title: 'Tell of recoveries',
    title_fr: 'Prévenir des retours à la normale',
  }),
  language: messageLanguage(),
});
