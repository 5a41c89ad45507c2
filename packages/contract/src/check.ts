import { z } from 'zod';
import {
  hasControls,
  idSchema,
  instantSchema,
  pageParameters,
  pageSchema,
  repeatedParameter,
  secondsSchema,
  textSchema,
  wellFormed,
} from './common.ts';
import { policiesSchema } from './policies.ts';
import { environmentSchema } from './project.ts';
import { PERIOD, scheduleKindSchema } from './schedule.ts';
import { TAG_LIMITS } from './vocabulary.ts';

/** What a check is now. */
export const statusSchema = z
  .enum(['new', 'up', 'grace', 'down', 'paused'])
  .meta({ id: 'Status', description: 'grace: late, and not yet down' });

/** What a check is now, as a type. */
export type Status = z.infer<typeof statusSchema>;

/** A tag: one word. */
export const tagSchema = z
  .string()
  .regex(/^\S{1,100}$/, 'is not one word of at most 100 characters')
  .refine((tag) => !hasControls(tag), 'contains a control character')
  .check(wellFormed);
const periodSchema = z.int().min(PERIOD.least).max(PERIOD.most);
const keywordsSchema = textSchema(200);

/** What may be set of a check. */
export const settable = {
  name: textSchema(100),
  slug: z.string().regex(/^[a-z0-9-_]{0,100}$/, 'is not at most 100 of a-z 0-9 _ -'),
  tags: z
    .array(tagSchema)
    .max(TAG_LIMITS.count)
    .refine(
      (tags) => tags.join(' ').length <= TAG_LIMITS.characters,
      `is longer than ${TAG_LIMITS.characters} characters in all`,
    ),
  description: textSchema(10_000),
  environment: environmentSchema,
  timeout: periodSchema.meta({ description: 'Seconds between two pings; makes the schedule simple' }),
  grace: periodSchema.meta({ description: 'Seconds of patience' }),
  schedule: z.string().min(1).max(100).meta({ description: 'Cron or OnCalendar expression' }),
  time_zone: z.string().min(1).max(100).meta({ description: 'IANA name' }),
  manual_resume: z.boolean().meta({ description: 'Pings leave a paused check paused' }),
  methods: z.enum(['', 'POST']).meta({ description: 'POST: other methods are ignored' }),
  start_kw: keywordsSchema,
  success_kw: keywordsSchema,
  failure_kw: keywordsSchema,
  filter_subject: z.boolean(),
  filter_body: z.boolean(),
  filter_http_body: z.boolean(),
  filter_default_fail: z.boolean(),
  channels: z.union([z.literal('all'), z.array(idSchema).max(1000)], 'must be "all" or a list of ids').meta({
    description: 'Who is told; `all` = each channel that the project has now',
  }),
  depends_on: z
    .array(idSchema)
    .max(20)
    .meta({ description: 'Checks of the project: while one of them is down, messages about this one wait' }),
  policies: policiesSchema.meta({ description: 'In place of all that it had; {} = none' }),
};

/** A check: something that must report on time. */
export const checkSchema = z
  .object({
    id: z
      .string()
      .meta({ description: 'The UUID; for who may only look, a key that names it and cannot ping it' }),
    project: idSchema,
    name: z.string(),
    slug: z.string(),
    tags: z.array(z.string()),
    description: z.string(),
    environment: z.string(),
    kind: scheduleKindSchema,
    timeout: z.int().nullable().meta({ description: 'Seconds; null unless simple' }),
    grace: z.int().meta({ description: 'Seconds' }),
    schedule: z.string().nullable().meta({ description: 'Null when simple' }),
    time_zone: z.string().nullable().meta({ description: 'Null when simple' }),
    manual_resume: z.boolean(),
    methods: z.enum(['', 'POST']),
    start_kw: z.string(),
    success_kw: z.string(),
    failure_kw: z.string(),
    filter_subject: z.boolean(),
    filter_body: z.boolean(),
    filter_http_body: z.boolean(),
    filter_default_fail: z.boolean(),
    status: statusSchema,
    started: z.boolean().meta({ description: 'A run is in progress' }),
    started_at: instantSchema.nullable().meta({ description: 'When that run began, by the clock of now' }),
    n_pings: z.int(),
    last_ping: instantSchema.nullable(),
    next_ping: instantSchema.nullable().meta({ description: 'When the next ping is expected' }),
    deadline: instantSchema.nullable().meta({ description: 'When it goes down if nothing arrives' }),
    last_duration: secondsSchema.nullable(),
    down_since: instantSchema.nullable(),
    ping_url: z.string().nullable().meta({ description: 'Null for who may only look' }),
    ping_email: z.string().nullable().meta({ description: 'Null for who may only look' }),
    channels: z.array(idSchema),
    depends_on: z.array(z.string()).meta({ description: 'Ids of checks, each as its own `id` is shown' }),
    policies: policiesSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
    revision: z.int().meta({ description: 'Goes up with each change of the settings' }),
  })
  .meta({ id: 'Check' });

/** A check, as a type. */
export type Check = z.infer<typeof checkSchema>;

/** A new check; everything may be left out. An `id` that the project already has updates that check. */
export const checkCreateSchema = z
  .strictObject({ id: idSchema.optional(), ...z.strictObject(settable).partial().shape })
  .meta({ id: 'CheckCreate' });

/** A new check, as a type. */
export type CheckCreate = z.infer<typeof checkCreateSchema>;

/** What may be changed of a check; what is left out stays. */
export const checkPatchSchema = z
  .strictObject({
    revision: z.int().optional().meta({ description: 'Refuse the change unless the check is still at this' }),
    ...z.strictObject(settable).partial().shape,
  })
  .meta({ id: 'CheckPatch' });

/** What may be changed of a check, as a type. */
export type CheckPatch = z.infer<typeof checkPatchSchema>;

/** Orders of a list of checks; `-` reverses. */
export const CHECK_ORDERS = [
  'created',
  '-created',
  'name',
  '-name',
  'last_ping',
  '-last_ping',
  'status',
  '-status',
  'deadline',
  '-deadline',
  'down_since',
  '-down_since',
  'started_at',
  '-started_at',
] as const;

/** Filters of a list of checks; all must hold. */
export const checkListParameters = z.strictObject({
  ...pageParameters,
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  id: repeatedParameter(textSchema(40), 100).optional().meta({
    description: 'Has this id; repeatable: any of them; ids of no check of the project match nothing',
  }),
  q: textSchema(200).optional().meta({ description: 'Part of name, slug, tags or description; any case' }),
  tag: repeatedParameter(textSchema(100), 20)
    .optional()
    .meta({ description: 'Has this tag; repeatable: has them all' }),
  status: repeatedParameter(z.enum([...statusSchema.options, 'started']), 10)
    .optional()
    .meta({ description: 'Is one of these now' }),
  channel: repeatedParameter(z.union([idSchema, z.literal('none')]), 20)
    .optional()
    .meta({ description: 'Tells this channel; repeatable: any of them; `none`: tells none' }),
  slug: textSchema(100).optional(),
  environment: textSchema(50).optional(),
  sort: z.enum(CHECK_ORDERS).optional().meta({
    description:
      '`created` unless given. `status`: what hurts first (down, grace, started, up, new, paused); `deadline`, `started_at`: the earliest first, what has none last; `-down_since`: the latest outage first, what is not down last',
  }),
  count: z.enum(['true', 'false']).optional().meta({ description: '`true`: the answer has a `total`' }),
});

/** A page of checks. */
export const checkPageSchema = pageSchema(checkSchema)
  .extend({
    total: z.int().optional().meta({ description: 'How many checks match, on all pages; with `count=true`' }),
  })
  .meta({ id: 'CheckPage' });

/** A page of checks, as a type. */
export type CheckPage = z.infer<typeof checkPageSchema>;

/** Filters of a list of checks, as a type. */
export type CheckListParameters = z.infer<typeof checkListParameters>;
