/** Configuration as code: what `vigie.yml` says besides settings, and what applying it would change. */
import { z } from 'zod';
import { channelCreateSchema } from './channel.ts';
import { settable } from './check.ts';
import { idSchema, jsonRecordSchema, textSchema } from './common.ts';
import { serviceCreateSchema } from './service.ts';

/** Entries of one file, and tenants of it. */
export const CONFIG_BOUNDS = {
  items: 5_000,
  tenants: 1_000,
  /** Bytes of a document. */
  body: 4 * 1024 * 1024,
  /** Seconds between two looks at who is a tenant. */
  every: { least: 10, most: 86_400 },
} as const;

/** The key of an entry. */
const keySchema = textSchema(100, 1).refine((key) => key.trim() !== '', 'is blank');

const { channels: _channels, depends_on: _dependsOn, ...ofChecks } = settable;

const enabled = z
  .boolean()
  .optional()
  .meta({ description: 'False: as if it were not in the file, nor named in it' });

const links = {
  enabled,
  uuid: idSchema.optional().meta({
    description: 'Its id: one that the project has is taken over; left out, a new one gets an id of its own',
  }),
  channels: z.array(keySchema).max(1000).optional().meta({
    description: 'Channels of this file, or ids of others; none: all channels of the project are told',
  }),
  depends_on: z.array(keySchema).max(20).optional().meta({
    description: 'Services and checks of this file, or ids of others',
  }),
};

/** A check as a file declares it; what is left out is as it is by default. Its key is its name unless it has one. */
export const configCheckSchema = z
  .strictObject({ ...z.strictObject(ofChecks).partial().shape, ...links })
  .meta({ id: 'ConfigCheck' });

/** A check of a file, as a type. */
export type ConfigCheck = z.infer<typeof configCheckSchema>;

const { id: _id, settings: settingsOfService, ...ofServices } = serviceCreateSchema.shape;

/** A service as a file declares it. */
export const configServiceSchema = z
  .strictObject({ ...ofServices, settings: settingsOfService.optional(), ...links })
  .meta({ id: 'ConfigService' });

/** A service of a file, as a type. */
export type ConfigService = z.infer<typeof configServiceSchema>;

const { assign_all: _assignAll, name: channelName, ...ofChannels } = channelCreateSchema.shape;

/** A channel as a file declares it. */
export const configChannelSchema = z
  .strictObject({
    ...ofChannels,
    name: channelName.optional(),
    settings: ofChannels.settings.optional(),
    uuid: links.uuid,
    enabled,
  })
  .meta({ id: 'ConfigChannel' });

/** A channel of a file, as a type. */
export type ConfigChannel = z.infer<typeof configChannelSchema>;

/** What a tenant may be called: its name goes into addresses and queries. */
export const tenantSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
    'is not 1 to 64 letters, digits, _ . and -, the first a letter or digit',
  );

/** Where tenants are read from: a probe, such as a query, one label of whose measurements names them. */
export const tenantSourceSchema = z
  .strictObject({
    kind: serviceCreateSchema.shape.kind,
    settings: settingsOfService,
    label: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Of its measurements; `tenant` unless told' }),
    every: z
      .number()
      .min(CONFIG_BOUNDS.every.least)
      .max(CONFIG_BOUNDS.every.most)
      .optional()
      .meta({ description: 'Seconds between two looks; 300 unless told' }),
    timeout: serviceCreateSchema.shape.timeout,
  })
  .meta({ id: 'TenantSource' });

/** Where tenants are read from, as a type. */
export type TenantSource = z.infer<typeof tenantSourceSchema>;

const templates = 'Made for each tenant: `${' + 'tenant}` stands for its name, in the key too';

/** Services and checks of each tenant. */
export const configTenantsSchema = z
  .strictObject({
    list: z.array(tenantSchema).max(CONFIG_BOUNDS.tenants).optional(),
    from: tenantSourceSchema.optional(),
    services: z.record(keySchema, configServiceSchema).optional().meta({ description: templates }),
    checks: z.record(keySchema, configCheckSchema).optional().meta({ description: templates }),
  })
  .refine(({ list, from }) => (list === undefined) !== (from === undefined), 'needs either a list or from')
  .meta({ id: 'ConfigTenants' });

/** Services and checks of each tenant, as a type. */
export type ConfigTenants = z.infer<typeof configTenantsSchema>;

/** What a file declares; durations are seconds. */
export const configDocumentSchema = z
  .strictObject({
    services: z.record(keySchema, configServiceSchema),
    checks: z.record(keySchema, configCheckSchema),
    channels: z.record(keySchema, configChannelSchema),
    tenants: configTenantsSchema,
  })
  .partial()
  .meta({ id: 'ConfigDocument' });

/** What a file declares, as a type. */
export type ConfigDocument = z.infer<typeof configDocumentSchema>;

/** A document to be compared, or made true. It is read whole, so that all that is wrong with it is told at once. */
export const configInputSchema = z
  .strictObject({
    document: jsonRecordSchema().meta({ description: 'A ConfigDocument' }),
    owner: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,49}$/, 'is not 1 to 50 letters, digits, _ . and -')
      .optional()
      .meta({
        description:
          'Whose it is: what an earlier document of the same owner made is deleted; `apply` unless told',
      }),
  })
  .meta({ id: 'ConfigInput' });

/** One difference of an entry; secrets are never shown. */
export const configFieldSchema = z.object({
  field: z.string(),
  before: z.unknown().meta({ description: 'Null where there was nothing, or nothing to show' }),
  after: z.unknown(),
  secret: z.boolean(),
});

/** One difference of an entry, as a type. */
export type ConfigField = z.infer<typeof configFieldSchema>;

/** What applying does to one entry. `release`: it was there before the file named it, and stays. */
export const configChangeSchema = z
  .object({
    action: z.enum(['create', 'update', 'delete', 'release']),
    noun: z.enum(['channel', 'service', 'check']),
    key: z.string(),
    id: z.string().nullable().meta({ description: 'Null where it is to be made' }),
    fields: z.array(configFieldSchema),
  })
  .meta({ id: 'ConfigChange' });

/** What applying does to one entry, as a type. */
export type ConfigChange = z.infer<typeof configChangeSchema>;

/** Something wrong with a document. */
export const configProblemSchema = z
  .object({
    path: z.array(z.union([z.string(), z.int()])),
    reason: z.string(),
  })
  .meta({ id: 'ConfigProblem' });

/** Something wrong with a document, as a type. */
export type ConfigProblem = z.infer<typeof configProblemSchema>;

/** What applying a document changes. With problems it changes nothing. */
export const configPlanSchema = z
  .object({
    changes: z.array(configChangeSchema),
    unchanged: z.int(),
    tenants: z.int().nullable().meta({ description: 'How many there are now; null without' }),
    problems: z.array(configProblemSchema),
  })
  .meta({ id: 'ConfigPlan' });

/** What applying a document changes, as a type. */
export type ConfigPlan = z.infer<typeof configPlanSchema>;

/** What a project has, as a document. */
export const configExportSchema = z
  .object({
    document: configDocumentSchema,
    variables: z.array(z.string()).meta({ description: 'Variables that stand for secrets in it' }),
  })
  .meta({ id: 'ConfigExport' });

/** What a project has, as a type. */
export type ConfigExport = z.infer<typeof configExportSchema>;
