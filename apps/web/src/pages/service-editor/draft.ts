/** A service while it is edited, and what the API is told of it. Pure. */
import type { Check, ProbeKind, Service, ServiceCreate, ServicePatch, Threshold } from '@vigie/contract';
import type { SettingsSchema } from '../../components/schema-form/schema.ts';
import {
  givenSettings,
  type Settings,
  type Shown,
  shownValues,
} from '../../components/schema-form/values.ts';
import { slugOf } from '../check-editor/understand.ts';
import { type ThresholdDraft, thresholdDraft, thresholdOf } from './threshold-draft.ts';

/** How often it is looked at, where that is not left to its tier and its kind. Seconds. */
export interface PaceDraft {
  interval: number;
  /** As it is written. */
  timeout: string;
  grace: number;
}

export interface ServiceDraft {
  name: string;
  slug: string;
  /** Words with spaces between them, without those of tiers. */
  tags: string;
  description: string;
  environment: string;
  /** Null = none. */
  tier: number | null;
  settings: Shown;
  /** Null = as its tier and its kind say. */
  pace: PaceDraft | null;
  failures: number;
  /** Null = those of its kind. */
  thresholds: readonly ThresholdDraft[] | null;
  channels: readonly string[];
  depends_on: readonly string[];
}

export type DraftKey = keyof ServiceDraft;

const TIER_TAG = /^tier[1-9]$/;

/** The draft of a new service. */
export function newDraft(kind: ProbeKind, environment: string): ServiceDraft {
  return {
    name: kind.name,
    slug: slugOf(kind.name),
    tags: '',
    description: '',
    environment,
    tier: null,
    settings: shownValues(schemaOf(kind)),
    pace: null,
    failures: 1,
    thresholds: null,
    channels: [],
    depends_on: [],
  };
}

/** The draft of a service as it is; of its check, what services are not shown with. */
export function draftOf(service: Service, check: Check, kind: ProbeKind): ServiceDraft {
  const { interval, timeout, grace } = service;
  return {
    name: service.name,
    slug: service.slug,
    tags: service.tags.filter((tag) => !TIER_TAG.test(tag)).join(' '),
    description: check.description,
    environment: service.environment,
    tier: service.tier,
    settings: shownValues(schemaOf(kind), service.settings),
    pace: { interval, timeout: String(timeout), grace },
    failures: service.failures,
    thresholds: service.own_thresholds ? service.thresholds.map(thresholdDraft) : null,
    channels: check.channels,
    depends_on: service.depends_on,
  };
}

/** The form of a kind's settings. */
export function schemaOf({ settings_schema }: ProbeKind): SettingsSchema {
  return settings_schema as SettingsSchema;
}

/** The body of the call that makes it. */
export function creationOf(draft: ServiceDraft, kind: ProbeKind): ServiceCreate {
  const { tier, pace, name, slug, description, environment, failures } = draft;
  return {
    kind: kind.kind,
    settings: settingsOf(draft, kind, true),
    name,
    slug,
    description,
    environment,
    failures,
    tags: wordsOf(draft.tags),
    ...(tier === null ? {} : { tier }),
    ...(pace === null ? {} : paceOf(pace)),
    thresholds: thresholdsOf(draft),
    channels: [...draft.channels],
    depends_on: [...draft.depends_on],
  };
}

/** What the API is told of settings; of a stored service, what is left out stays. */
export function settingsOf(draft: ServiceDraft, kind: ProbeKind, isNew: boolean): Record<string, unknown> {
  const settings: Settings = givenSettings(schemaOf(kind), draft.settings, isNew);
  return { ...settings };
}

function thresholdsOf({ thresholds }: ServiceDraft): Threshold[] | null {
  return thresholds?.map(thresholdOf) ?? null;
}

function paceOf({ interval, timeout, grace }: PaceDraft): {
  interval: number;
  timeout: number;
  grace: number;
} {
  return { interval, timeout: Number(timeout), grace };
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** What the API is told of one part. A tier is one of the tags, and gives the pace that is not told beside it. */
function fieldsOf(draft: ServiceDraft, key: DraftKey, kind: ProbeKind): ServicePatch {
  const { tier, pace } = draft;
  switch (key) {
    case 'settings':
      return { settings: settingsOf(draft, kind, false) };
    case 'thresholds':
      return { thresholds: thresholdsOf(draft) };
    case 'tags':
    case 'tier':
    case 'pace':
      return {
        tags: wordsOf(draft.tags),
        ...(tier === null ? {} : { tier }),
        ...(pace === null ? {} : paceOf(pace)),
      };
    case 'channels':
      return { channels: [...draft.channels].sort() };
    case 'depends_on':
      return { depends_on: [...draft.depends_on].sort() };
    default:
      return { [key]: draft[key] };
  }
}

/** All parts of a draft. */
const DRAFT_KEYS: readonly DraftKey[] = [
  'name',
  'slug',
  'tags',
  'description',
  'environment',
  'tier',
  'settings',
  'pace',
  'failures',
  'thresholds',
  'channels',
  'depends_on',
];

/** The parts in which two drafts differ. */
export function changedKeys(before: ServiceDraft, after: ServiceDraft): DraftKey[] {
  return DRAFT_KEYS.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/** The body of the call that changes these parts. */
export function patchOf(draft: ServiceDraft, keys: readonly DraftKey[], kind: ProbeKind): ServicePatch {
  return Object.assign({}, ...keys.map((key) => fieldsOf(draft, key, kind)));
}

/** My changes on top of what somebody else saved meanwhile. `base`: what both began with. */
export function onTop(base: ServiceDraft, theirs: ServiceDraft, mine: ServiceDraft): ServiceDraft {
  return Object.assign({ ...theirs }, ...changedKeys(base, mine).map((key) => ({ [key]: mine[key] })));
}
