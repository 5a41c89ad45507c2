import { z } from 'zod';
import { userSchema } from './account.ts';
import { instantSchema, pageParameters, textSchema } from './common.ts';

/** A person as the instance admin sees them. */
export const managedUserSchema = userSchema
  .extend({
    created_at: instantSchema,
    seen_at: instantSchema.nullable().meta({ description: 'The last call of a session that still lives' }),
    second_factor: z.boolean().meta({ description: 'Signing in takes a code too' }),
    projects: z.int().meta({ description: 'How many projects they belong to' }),
  })
  .meta({ id: 'ManagedUser' });

/** A person as the instance admin sees them, as a type. */
export type ManagedUser = z.infer<typeof managedUserSchema>;

/** Which people, oldest account first. */
export const userListParameters = z.strictObject({
  ...pageParameters,
  q: textSchema(200).optional().meta({ description: 'Part of name or e-mail address; any case of a to z' }),
});

/** What the instance admin may change of somebody. */
export const managedUserPatchSchema = z
  .strictObject({ admin: z.boolean().meta({ description: 'Instance admin' }) })
  .meta({ id: 'ManagedUserPatch' });
