/** A maintenance window as its form holds it, and as the API takes it. */
import type { Window } from '@vigie/contract';
import { instantOf, localTime } from '../silences/local-time.ts';

export interface WindowDraft {
  name: string;
  kind: 'once' | 'recurring';
  starts: string;
  ends: string;
  schedule: string;
  minutes: string;
  zone: string;
  tags: string;
  environments: readonly string[];
  comment: string;
  disabled: boolean;
}

const HOUR = 3_600_000;

/** What the form shows at first: what is planned, or the next hour. */
export function draftOf(window: Window | undefined, now: number, zone: string): WindowDraft {
  const local = (at: string | null): string => (at === null ? '' : localTime(new Date(at)));
  const isNew = window === undefined;
  return {
    name: window?.name ?? '',
    kind: window === undefined || window.schedule === null ? 'once' : 'recurring',
    starts: isNew ? localTime(new Date(now)) : local(window.starts_at),
    ends: isNew ? localTime(new Date(now + HOUR)) : local(window.ends_at),
    schedule: window?.schedule ?? '0 2 * * SUN',
    minutes: String(Math.round((window?.duration ?? 3_600) / 60)),
    zone: window?.time_zone ?? zone,
    tags: window?.tags.join(' ') ?? '',
    environments: window?.environments ?? [],
    comment: window?.comment ?? '',
    disabled: window?.disabled ?? false,
  };
}

/** The same as the native API takes it. */
export function bodyOf(draft: WindowDraft): Record<string, unknown> {
  const { name, comment, environments, disabled } = draft;
  const tags = draft.tags.split(/\s+/).filter((tag) => tag !== '');
  const common = { name, comment, tags, environments, disabled };
  if (draft.kind === 'once')
    return { ...common, starts_at: instantOf(draft.starts), ends_at: instantOf(draft.ends) };
  return { ...common, schedule: draft.schedule, duration: Number(draft.minutes) * 60, time_zone: draft.zone };
}
