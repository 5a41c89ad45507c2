import { z } from 'zod';

const url = z.string();
const addresses = { url_svg: url, url_json: url, url_shields: url };

/** The addresses of the badges of a project, or of one of its tags. */
export const badgeSchema = z
  .object({
    tag: z.string().meta({ description: '`*`: the whole project' }),
    ...addresses,
    with_late: z
      .object(addresses)
      .meta({ description: 'The same, where a late check shows as late, not as up' }),
  })
  .meta({ id: 'Badge' });

/** The addresses of some badges, as a type. */
export type Badge = z.infer<typeof badgeSchema>;
