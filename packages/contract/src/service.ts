import { z } from 'zod';
import { settable, statusSchema } from './check.ts';
import {
  idSchema,
  instantSchema,
  jsonRecordSchema,
  pageParameters,
  pageSchema,
  repeatedParameter,
  secondsSchema,
  textSchema,
} from './common.ts';
import { FAILURE_REASONS, OPERATORS } from './vocabulary.ts';

/** Seconds between two runs of a probe. */
export const PROBE_INTERVAL = { least: 5, most: 604_800 } as const;
/** Seconds for one run. */
export const PROBE_TIMEOUT = { least: 0.1, most: 300 } as const;

const settingsSchema = jsonRecordSchema().refine(
  (settings) => JSON.stringify(settings).length <= 50_000,
  'is larger than 50,000 characters',
);

/** Labels that a limit names. */
const MOST_LABELS = 20;

/** A limit of something a probe measures. */
export const thresholdSchema = z
  .strictObject({
    metric: z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/, 'is not the name of a metric'),
    labels: z
      .record(z.string().max(100), z.string().max(1000))
      .refine((labels) => Object.keys(labels).length <= MOST_LABELS, `holds more than ${MOST_LABELS}`)
      .optional()
      .meta({ description: 'Labels that a sample must have, with these values; none = any sample' }),
    op: z.enum(OPERATORS),
    warning: z.number().optional().meta({ description: 'Beyond it: an alert of severity warning' }),
    critical: z.number().optional().meta({ description: 'Beyond it the run has failed' }),
    for: z.int().min(1).max(1000).optional().meta({ description: 'So many runs in a row; 1 unless told' }),
  })
  .refine(({ warning, critical }) => warning !== undefined || critical !== undefined, 'has neither limit')
  .meta({ id: 'Threshold' });

/** A limit of something a probe measures, as a type. */
export type Threshold = z.infer<typeof thresholdSchema>;

/** Why a run of a probe failed. */
export const failureReasonSchema = z.enum(FAILURE_REASONS).meta({ id: 'FailureReason' });

/** Why a run of a probe failed, as a type. */
export type FailureReason = z.infer<typeof failureReasonSchema>;

/** One measured value. */
export const measurementSchema = z
  .object({ name: z.string(), labels: z.record(z.string(), z.string()), value: z.number() })
  .meta({ id: 'Measurement' });

/** One measured value, as a type. */
export type Measurement = z.infer<typeof measurementSchema>;

/** What one run of a probe found. */
export const probeRunSchema = z
  .object({
    at: instantSchema,
    duration: secondsSchema,
    ok: z.boolean(),
    reason: failureReasonSchema.nullable().meta({ description: 'Null when it is well' }),
    message: z.string().meta({ description: 'In words; empty when it is well' }),
    phase: z.string().nullable().meta({ description: 'What was being done when it failed' }),
    phases: z.array(z.object({ name: z.string(), duration: secondsSchema })),
    measurements: z.array(measurementSchema),
    details: z.record(z.string(), z.unknown()).meta({ description: 'What its kind tells beside numbers' }),
  })
  .meta({ id: 'ProbeRun' });

/** What one run of a probe found, as a type. */
export type ProbeRunView = z.infer<typeof probeRunSchema>;

/**
 * healthy: the last run was well; degraded: well, beyond a warning limit; unhealthy: it failed; unknown: it has not
 * run yet, or not for longer than it may take.
 */
export const serviceStateSchema = z
  .enum(['healthy', 'degraded', 'unhealthy', 'unknown', 'paused'])
  .meta({ id: 'ServiceState' });

/** What a service is now, as a type. */
export type ServiceState = z.infer<typeof serviceStateSchema>;

/** A service: a check that the server itself reports for. */
export const serviceSchema = z
  .object({
    id: z.string().meta({ description: 'Of its check' }),
    project: idSchema,
    name: z.string(),
    slug: z.string(),
    tags: z.array(z.string()),
    environment: z.string(),
    tier: z.int().nullable().meta({ description: 'By its tag `tier1`, `tier2`, ...' }),
    kind: z.string(),
    instance: z.string().nullable().meta({ description: 'Where it goes; null = its settings are not valid' }),
    settings: z
      .record(z.string(), z.unknown())
      .meta({ description: "As the kind's schema says, without its secrets; empty for who may only look" }),
    secrets: z.array(z.string()).meta({ description: 'Secret settings that are set; never shown' }),
    interval: secondsSchema,
    timeout: secondsSchema,
    grace: z.int().meta({ description: 'Seconds after which its check is down if no run reports' }),
    failures: z.int().meta({ description: 'Runs in a row that must fail before its check is told' }),
    thresholds: z.array(thresholdSchema),
    own_thresholds: z.boolean().meta({ description: 'Not those of its kind' }),
    state: serviceStateSchema,
    status: statusSchema,
    down_since: instantSchema.nullable(),
    last_run: probeRunSchema.nullable(),
    warnings: z.array(z.string()).meta({ description: 'Thresholds beyond their warning limit' }),
    depends_on: z.array(z.string()),
    revision: z.int().meta({ description: 'Of its check' }),
  })
  .meta({ id: 'Service' });

/** A service, as a type. */
export type Service = z.infer<typeof serviceSchema>;

const probeFields = {
  kind: z.string().max(50),
  settings: settingsSchema,
  interval: z.number().min(PROBE_INTERVAL.least).max(PROBE_INTERVAL.most).meta({ description: 'Seconds' }),
  timeout: z.number().min(PROBE_TIMEOUT.least).max(PROBE_TIMEOUT.most).meta({ description: 'Seconds' }),
  failures: z.int().min(1).max(100),
  thresholds: z.array(thresholdSchema).max(50).nullable().meta({ description: 'Null = those of its kind' }),
};

const { name, slug, tags, description, environment, grace, channels, depends_on, policies } = settable;
const checkFields = { name, slug, tags, description, environment, grace, channels, depends_on, policies };
const tier = z.int().min(1).max(9).meta({ description: 'Sets its tag; gives interval, timeout and grace' });

/** A new service; an `id` that the project already has makes that check one. */
export const serviceCreateSchema = z
  .strictObject({
    id: idSchema.optional(),
    ...z.strictObject(checkFields).partial().shape,
    tier: tier.optional(),
    ...z
      .strictObject(probeFields)
      .partial({ interval: true, timeout: true, failures: true, thresholds: true }).shape,
  })
  .meta({ id: 'ServiceCreate' });

/** A new service, as a type. */
export type ServiceCreate = z.infer<typeof serviceCreateSchema>;

/** What may be changed of a service; settings that are left out stay, null takes one away. */
export const servicePatchSchema = z
  .strictObject({
    revision: z.int().optional().meta({ description: 'Refuse the change unless its check is still at this' }),
    ...z.strictObject(checkFields).partial().shape,
    tier: tier.optional(),
    ...z.strictObject(probeFields).omit({ kind: true }).partial().shape,
  })
  .meta({ id: 'ServicePatch' });

/** What may be changed of a service, as a type. */
export type ServicePatch = z.infer<typeof servicePatchSchema>;

/** How services are listed. */
export const serviceListParameters = z.strictObject({
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  id: repeatedParameter(textSchema(40), 100)
    .optional()
    .meta({ description: 'Of a check; repeatable: only these, and of them those that are services' }),
  brief: z.enum(['true', 'false']).optional().meta({
    description: '`true`: without settings, and of the last run neither phases, measurements nor details',
  }),
  ...pageParameters,
});

/** A page of services. */
export const servicePageSchema = pageSchema(serviceSchema).meta({ id: 'ServicePage' });

/** A probe that is run once, for nobody's check. */
export const probeTrialSchema = z
  .strictObject({
    kind: probeFields.kind,
    settings: settingsSchema,
    timeout: probeFields.timeout.optional(),
    service: idSchema.optional().meta({ description: 'Secrets that are left out are those of this service' }),
  })
  .meta({ id: 'ProbeTrial' });

/** The recent past of a service. */
export const serviceHistorySchema = z
  .object({
    items: z.array(z.object({ at: instantSchema, duration: secondsSchema, ok: z.boolean() })),
  })
  .meta({ id: 'ServiceHistory' });

/** The recent past of a service, as a type. */
export type ServiceHistory = z.infer<typeof serviceHistorySchema>;

/** A kind of probe with the form of its settings. */
export const probeKindSchema = z
  .object({
    kind: z.string(),
    name: z.string(),
    interval: secondsSchema,
    timeout: secondsSchema,
    thresholds: z.array(thresholdSchema),
    settings_schema: z
      .record(z.string(), z.unknown())
      .meta({ description: 'JSON Schema 2020-12; `secret: true` marks secrets' }),
  })
  .meta({ id: 'ProbeKind' });

/** A kind of probe, as a type. */
export type ProbeKind = z.infer<typeof probeKindSchema>;
