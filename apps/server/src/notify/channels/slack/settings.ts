import { z } from 'zod';
import { secretUrl } from '../../channel.ts';
import { LANGUAGES } from '../../texts/texts.ts';

export const settings = z.strictObject({
  url: secretUrl('Address of the incoming webhook'),
  channel: z
    .string()
    .max(100)
    .nullable()
    .default(null)
    .meta({ description: 'Channel, where the webhook lets it be chosen (Slack apps ignore it)' }),
  language: z.enum(LANGUAGES).default('en').meta({ description: 'Language of the message' }),
});
