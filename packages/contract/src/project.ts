import { z } from 'zod';
import { idSchema, instantSchema, nameSchema } from './common.ts';
import { ROLES } from './vocabulary.ts';

/** A member's role in a project. */
export const roleSchema = z.enum(ROLES).meta({
  id: 'Role',
  description:
    'owner: everything; manager: also members and the audit log; member: checks, channels, keys; readonly: looks',
});

/** The name of an environment: development, staging, production, ... */
export const environmentSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,49}$/, 'is not 1 to 50 letters, digits, _ . and -');

/** Whom a project tells of alerts. */
export const alertRouteSchema = z.enum(['default', 'both', 'none']).meta({
  id: 'AlertRoute',
  description:
    'default: a check tells its own channels, what has none tells all of the project; both: everything tells all, a check also its own; none: only checks with channels tell anybody',
});

/** A project: it owns checks, keys and channels. */
export const projectSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    role: roleSchema.nullable().meta({ description: "The caller's role; null for a key or the admin token" }),
    environments: z.array(z.string()).meta({ description: 'The first is the default' }),
    show_slugs: z.boolean(),
    alert_route: alertRouteSchema,
    ping_key: z
      .string()
      .nullable()
      .meta({ description: 'For pings by slug; null for who may not manage keys' }),
    created_at: instantSchema,
  })
  .meta({ id: 'Project' });

/** A project, as a type. */
export type Project = z.infer<typeof projectSchema>;

const environmentsSchema = z
  .array(environmentSchema)
  .min(1)
  .max(20)
  .refine((names) => new Set(names).size === names.length, 'names an environment twice');

/** A new project. */
export const projectCreateSchema = z
  .strictObject({ name: nameSchema(200), environments: environmentsSchema.optional() })
  .meta({ id: 'ProjectCreate' });

/** A new project, as a type. */
export type ProjectCreate = z.infer<typeof projectCreateSchema>;

/** What may be changed of a project; what is left out stays. */
export const projectPatchSchema = z
  .strictObject({
    name: nameSchema(200).optional(),
    environments: environmentsSchema.optional(),
    show_slugs: z.boolean().optional(),
    alert_route: alertRouteSchema.optional(),
  })
  .meta({ id: 'ProjectPatch' });

/** What may be changed of a project, as a type. */
export type ProjectPatch = z.infer<typeof projectPatchSchema>;
