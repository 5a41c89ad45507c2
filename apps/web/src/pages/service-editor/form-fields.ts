import type { ProbeKind } from '@vigie/contract';
import { type ServiceDraft, schemaOf } from './draft.ts';

const THRESHOLD_FIELDS = ['metric', 'labels', 'op', 'warning', 'critical', 'for'];

/** The fields of the API that the form of a service shows. */
export function formFields(kind: ProbeKind, draft: ServiceDraft): string[] {
  const settings = Object.keys(schemaOf(kind).properties ?? {}).map((name) => `settings.${name}`);
  const thresholds = (draft.thresholds ?? []).flatMap((_, at) =>
    THRESHOLD_FIELDS.map((field) => `thresholds.${at}.${field}`),
  );
  return [
    'name',
    'slug',
    'tags',
    'description',
    'environment',
    'tier',
    'failures',
    ...(draft.pace === null ? [] : ['interval', 'timeout', 'grace']),
    'thresholds',
    'channels',
    'depends_on',
    ...settings,
    ...thresholds,
  ];
}
