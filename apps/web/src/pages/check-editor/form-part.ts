import type { Draft } from './draft.ts';

/** What every part of the form is given. */
export interface FormPart {
  draft: Draft;
  change(patch: Partial<Draft>): void;
  /** What the server says about a field of the API. */
  errorOf(field: string): string | undefined;
}

/** What those parts are given that other things than checks have too. */
export interface SharedPart<K extends keyof Draft> {
  draft: Pick<Draft, K>;
  change(patch: Partial<Pick<Draft, K>>): void;
  errorOf(field: string): string | undefined;
}

/** The fields of the API that the form shows. */
export const FORM_FIELDS = [
  'name',
  'slug',
  'tags',
  'description',
  'environment',
  'timeout',
  'schedule',
  'time_zone',
  'grace',
  'channels',
  'depends_on',
  'policies',
  'policies.after',
  'policies.flapping',
  'policies.longest_run',
  'policies.shortest_run',
  'policies.least_interval',
  'methods',
  'start_kw',
  'success_kw',
  'failure_kw',
];
