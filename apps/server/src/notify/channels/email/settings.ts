import { z } from 'zod';
import { LANGUAGES } from '../../texts/texts.ts';

/** RFC 5321 section 4.5.3.1: 64 for the mailbox, 255 for the domain. `root@localhost` is an address here. */
const ADDRESS = /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}@[^\s@<>"(),:;\\[\]\p{Cc}]{1,255}$/u;

export const settings = z.strictObject({
  address: z
    .string()
    .regex(ADDRESS, { error: 'must be an e-mail address' })
    .meta({ description: 'Where the mail goes' }),
  down: z.boolean().default(true).meta({ description: 'Tell of outages' }),
  up: z.boolean().default(true).meta({ description: 'Tell of recoveries' }),
  language: z.enum(LANGUAGES).default('en').meta({ description: 'Language of the mail' }),
});
