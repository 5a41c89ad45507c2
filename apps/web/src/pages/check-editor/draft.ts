import type { Check, CheckPatch, Policies } from '@vigie/contract';

export type ScheduleKind = Check['kind'];

/** A schedule while it is written: what was written for the other kinds is kept. */
export interface ScheduleDraft {
  kind: ScheduleKind;
  /** Seconds. */
  timeout: number;
  cron: string;
  oncalendar: string;
  timeZone: string;
}

/** A check while it is edited. */
export interface Draft {
  name: string;
  slug: string;
  /** Words with spaces between them. */
  tags: string;
  description: string;
  environment: string;
  schedule: ScheduleDraft;
  /** Seconds. */
  grace: number;
  channels: readonly string[];
  depends_on: readonly string[];
  policies: Policies;
  methods: '' | 'POST';
  manual_resume: boolean;
  start_kw: string;
  success_kw: string;
  failure_kw: string;
  filter_subject: boolean;
  filter_body: boolean;
  filter_http_body: boolean;
  filter_default_fail: boolean;
}

export type DraftKey = keyof Draft;

/** What stands in the fields of kinds that the check is not of. */
const USUAL = { timeout: 86_400, cron: '0 3 * * *', oncalendar: 'Mon..Fri 09:00', grace: 3_600 } as const;

/** The draft of a new check. */
export function newDraft(environment: string, timeZone: string): Draft {
  const { grace, ...schedule } = USUAL;
  return {
    name: '',
    slug: '',
    tags: '',
    description: '',
    environment,
    schedule: { kind: 'simple', ...schedule, timeZone },
    grace,
    channels: [],
    depends_on: [],
    policies: {},
    methods: '',
    manual_resume: false,
    start_kw: '',
    success_kw: '',
    failure_kw: '',
    filter_subject: false,
    filter_body: false,
    filter_http_body: false,
    filter_default_fail: false,
  };
}

/** The draft of a check as it is. `timeZone`: for kinds of schedule that it is not of. */
export function draftOf(check: Check, timeZone: string): Draft {
  const { kind, timeout, schedule, time_zone } = check;
  const { cron, oncalendar } = USUAL;
  return {
    name: check.name,
    slug: check.slug,
    tags: check.tags.join(' '),
    description: check.description,
    environment: check.environment,
    schedule: {
      kind,
      timeout: timeout ?? USUAL.timeout,
      cron: kind === 'cron' && schedule !== null ? schedule : cron,
      oncalendar: kind === 'oncalendar' && schedule !== null ? schedule : oncalendar,
      timeZone: time_zone ?? timeZone,
    },
    grace: check.grace,
    channels: check.channels,
    depends_on: check.depends_on,
    policies: check.policies,
    methods: check.methods,
    manual_resume: check.manual_resume,
    start_kw: check.start_kw,
    success_kw: check.success_kw,
    failure_kw: check.failure_kw,
    filter_subject: check.filter_subject,
    filter_body: check.filter_body,
    filter_http_body: check.filter_http_body,
    filter_default_fail: check.filter_default_fail,
  };
}

/** What the API is told of one part of a draft. */
function fieldsOf(draft: Draft, key: DraftKey): CheckPatch {
  switch (key) {
    case 'schedule':
      return scheduleFields(draft.schedule);
    case 'tags':
      return { tags: draft.tags.split(/\s+/).filter((tag) => tag !== '') };
    case 'channels':
      return { channels: [...draft.channels].sort() };
    case 'depends_on':
      return { depends_on: [...draft.depends_on].sort() };
    default:
      return { [key]: draft[key] };
  }
}

function scheduleFields(draft: ScheduleDraft): CheckPatch {
  if (draft.kind === 'simple') return { timeout: draft.timeout };
  return { schedule: draft[draft.kind].trim(), time_zone: draft.timeZone };
}

/** The body of a call that sets these parts. */
export function bodyOf(draft: Draft, keys: Iterable<DraftKey>): CheckPatch {
  const body: CheckPatch = {};
  for (const key of keys) Object.assign(body, fieldsOf(draft, key));
  return body;
}

/** All parts of a draft, in the order in which they are shown. */
export const DRAFT_KEYS: readonly DraftKey[] = [
  'name',
  'slug',
  'tags',
  'description',
  'environment',
  'schedule',
  'grace',
  'channels',
  'depends_on',
  'policies',
  'methods',
  'manual_resume',
  'start_kw',
  'success_kw',
  'failure_kw',
  'filter_subject',
  'filter_body',
  'filter_http_body',
  'filter_default_fail',
];

/** The parts in which two drafts say something different to the API. */
export function changedKeys(before: Draft, after: Draft): DraftKey[] {
  const said = (draft: Draft, key: DraftKey): string => JSON.stringify(fieldsOf(draft, key));
  return DRAFT_KEYS.filter((key) => said(before, key) !== said(after, key));
}

/** Two people's changes of the same check. */
export interface Merge {
  /** Theirs, with mine on top. */
  draft: Draft;
  /** What they changed. */
  theirs: DraftKey[];
  /** What we both changed, and not to the same: mine would replace theirs. */
  both: DraftKey[];
}

/** Puts my changes onto what somebody else saved meanwhile. `base`: what both began with. */
export function merged(base: Draft, theirs: Draft, mine: Draft): Merge {
  const byMe = changedKeys(base, mine);
  const byThem = changedKeys(base, theirs);
  const differing = new Set(changedKeys(theirs, mine));
  const draft = Object.assign({ ...theirs }, ...byMe.map((key) => ({ [key]: mine[key] })));
  return {
    draft,
    theirs: byThem,
    both: byThem.filter((key) => byMe.includes(key) && differing.has(key)),
  };
}
