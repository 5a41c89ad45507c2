import { z } from 'zod';
import { idSchema, instantSchema, nameSchema } from './common.ts';

/** What a key may do: `write` changes things, `read` looks. */
export const keyScopeSchema = z.enum(['write', 'read']).meta({ id: 'KeyScope' });

/** An API key as a list shows it: never the key itself. */
export const keySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    scope: keyScopeSchema,
    hint: z.string().meta({ description: 'Its first characters, to recognise it by' }),
    created_at: instantSchema,
    last_used_at: instantSchema.nullable().meta({ description: 'To the hour' }),
  })
  .meta({ id: 'Key' });

/** An API key, as a type. */
export type Key = z.infer<typeof keySchema>;

/** A new key. */
export const keyCreateSchema = z
  .strictObject({ name: nameSchema(100), scope: keyScopeSchema })
  .meta({ id: 'KeyCreate' });

/** A new key, as a type. */
export type KeyCreate = z.infer<typeof keyCreateSchema>;

/** A fresh key: the only answer that holds the key. */
export const keyCreatedSchema = keySchema
  .extend({ key: z.string().meta({ description: 'The key itself; shown once' }) })
  .meta({ id: 'KeyCreated' });

/** A fresh key, as a type. */
export type KeyCreated = z.infer<typeof keyCreatedSchema>;

/** The ping key of a project after it was changed. */
export const pingKeySchema = z.object({ ping_key: z.string() }).meta({ id: 'PingKey' });
