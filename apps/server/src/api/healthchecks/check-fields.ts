import { parseSchedule } from '@vigie/schedule';
import type { CheckFields } from '../../checks/create.ts';
import type { Flag } from '../../store/schema.ts';
import { slugify } from './slugify.ts';
import type { CheckSpec } from './spec.ts';

/** Versions of the API: alike but for a few rules. */
export type Version = 1 | 2 | 3;

/** What some rules need to know of the check as it is. */
export type Before = Pick<CheckFields, 'name' | 'success_kw' | 'failure_kw'>;

/** Of a check that does not exist yet. */
export const NOTHING_BEFORE: Before = { name: '', success_kw: '', failure_kw: '' };

/** The columns that a client's wishes come to, in the order in which later wishes win. */
export function checkFields(spec: CheckSpec, version: Version, before: Before): Partial<CheckFields> {
  return {
    ...named(spec, version, before),
    ...scheduled(spec),
    ...subjects(spec, before),
    ...defined({
      slug: spec.slug,
      tags: spec.tags,
      description: spec.desc,
      grace: spec.grace,
      time_zone: spec.tz,
      methods: spec.methods,
      start_kw: spec.start_kw,
      success_kw: spec.success_kw,
      failure_kw: spec.failure_kw,
      manual_resume: flag(spec.manual_resume),
      filter_subject: flag(spec.filter_subject),
      filter_body: flag(spec.filter_body),
      filter_http_body: flag(spec.filter_http_body),
      filter_default_fail: flag(spec.filter_default_fail),
    }),
  };
}

/** Before version 3 a new name brings its slug. */
function named(spec: CheckSpec, version: Version, before: Before): Partial<CheckFields> {
  if (spec.name === undefined) return {};
  if (version >= 3 || spec.name === before.name) return { name: spec.name };
  return { name: spec.name, slug: slugify(spec.name) };
}

/** A schedule wins over a timeout, which is then not kept. */
function scheduled(spec: CheckSpec): Partial<CheckFields> {
  if (spec.schedule !== undefined) {
    return {
      kind: parseSchedule(spec.schedule, 'UTC').kind as 'cron' | 'oncalendar',
      schedule: spec.schedule,
    };
  }
  return spec.timeout === undefined ? {} : { kind: 'simple', timeout: spec.timeout };
}

/** The deprecated `subject` and `subject_fail`: keywords of the subject alone. */
function subjects(spec: CheckSpec, before: Before): Partial<CheckFields> {
  if (spec.subject === undefined && spec.subject_fail === undefined) return {};
  const success = spec.subject ?? before.success_kw;
  const failure = spec.subject_fail ?? before.failure_kw;
  return {
    success_kw: success,
    failure_kw: failure,
    filter_subject: success !== '' || failure !== '' ? 1 : 0,
  };
}

function flag(value: boolean | undefined): Flag | undefined {
  return value === undefined ? undefined : value ? 1 : 0;
}

/** Without what is undefined: an absent field must not overwrite. */
function defined<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
