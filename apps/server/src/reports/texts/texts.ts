import type { Language } from '../../notify/texts/texts.ts';
import type { Period } from '../period.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** Whether something grew; `same` where nobody would see a difference. */
export type Change = 'more' | 'less' | 'same';

/** Everything that reports say, in one language. */
export interface ReportTexts {
  language: Language;
  /** Between a label and what it names. */
  colon: string;
  /** `no outages`, `3 outages` */
  outages(count: number): string;
  uptime(percent: string): string;
  noData: string;
  downNow(count: number): string;
  /** Since when something is down, as a duration. */
  downFor(duration: string): string;
  /** What a report is about; the date is that of its first day, without its year for a week. */
  about: Record<Period, (date: string) => string>;
  /** The time zone that days are counted in. */
  zone(zone: string): string;
  label: Record<'uptime' | 'outages' | 'down' | 'longest' | 'checks' | 'messages', string>;
  change: {
    uptime: Record<Change, (before: string) => string>;
    /** `by`: how many, or how long. */
    outages: Record<Change, (by: string) => string>;
    down: Record<Change, (by: string) => string>;
  };
  /** What changes are measured against. */
  against: Record<Period, string>;
  nothingBefore: string;
  title: Record<'downNow' | 'failed' | 'environments' | 'noisiest' | 'silent', string>;
  nothingDown: string;
  noOutages: string;
  silentHint: string;
  more(count: number): string;
  unwatched(duration: string): string;
  /** Why the mail came. */
  footer(site: string, project: string, period: Period): string;
  unsubscribe: string;
  dashboard: string;
  /** The page behind the link that ends a report. */
  page: {
    title: string;
    question(project: string, period: Period): string;
    button: string;
    hint: string;
    done: string;
    doneText(project: string, period: Period): string;
    doneHint: string;
    gone: string;
    goneText: string;
    forged: string;
    forgedText: string;
  };
}

const TEXTS: Record<Language, ReportTexts> = { en, fr };

/** The texts for somebody whose stored language this is. */
export function reportTexts(language: string): ReportTexts {
  return language === 'fr' ? TEXTS.fr : TEXTS.en;
}
