import type { FlipReason } from '../../checks/model.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

export const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Everything that messages say, in one language. */
export interface Texts {
  language: Language;
  /** As in `[CRITICAL] name - DOWN`; `test` marks a message that means nothing. */
  severity: Record<Severity | 'test', string>;
  status: Record<'down' | 'up', string>;
  label: Record<
    'service' | 'status' | 'reason' | 'lastPing' | 'environment' | 'tags' | 'project' | 'since' | 'duration',
    string
  >;
  unnamed: string;
  /** One line that says what happened. */
  headline: Record<'down' | 'up', (name: string) => string>;
  /** The same two of an alert that is no outage of a check: it fires or is resolved. */
  alert: { status: Record<'down' | 'up', string>; headline: Record<'down' | 'up', (name: string) => string> };
  reason: Record<FlipReason, string>;
  /** The same of a check that a probe of ours reports for; `found`: what was wrong, in words. */
  probe: { reason: Record<FlipReason, string>; found(what: string): string; bodyTitle: string };
  never: string;
  exitStatus(status: number): string;
  /** What a ping reported. */
  pingKind: Record<string, string>;
  /** `time`: when it was asked for. */
  testNote(site: string, time: string): string;
  actions: { title: string; steps(service: string): string[] };
  /** Above what the job sent last. */
  bodyTitle: string;
  bodyCut: string;
  check: string;
  dashboard: string;
  /** Says that one is at it. */
  acknowledge: string;
  /** Marks what is for practice, as in `[DRILL]`. */
  drill: string;
  drillNote: string;
  /** Of a silence that ends soon: what it is called, and what there is to know of it. */
  silence: {
    headline(comment: string): string;
    label: string;
    author: string;
    ends: string;
    hides: string;
  };
  /** Of a digest: what came within an hour beyond the channel's budget. */
  digest: {
    headline(messages: number, firing: number): string;
    messages: string;
    firing: string;
    resolved: string;
    /** Above the names; `shown` of `all`. */
    names(shown: number, all: number): string;
    fires: string;
    over: string;
    link: string;
  };
  /** Under a mail: why it came. */
  footer(site: string): string;
  units: Record<'day' | 'hour' | 'minute' | 'second', string>;
}

const TEXTS: Record<Language, Texts> = { en, fr };

export function textsIn(language: Language): Texts {
  return TEXTS[language];
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A duration in its two largest units: `2 h 5 min`. Milliseconds in. */
export function durationText(texts: Texts, duration: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.floor(duration / 1000) * 1000);
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${texts.units[unit]}`);
    // A gap ends it: 2 days and 5 seconds are 2 days.
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || `0 ${texts.units.second}`;
}

/** An instant for people anywhere: `2026-07-15 12:00:00 UTC`. Epoch ms in. */
export function instantText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
