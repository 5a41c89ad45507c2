/** Numbers and dates as people of a language write them. */
import type { Language } from '../../notify/texts/texts.ts';

const LOCALE: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' };

/**
 * A part from 0 to 1 as `99.95 %`. Cut, not rounded: 100 % is said only of what is whole.
 */
export function percentText(language: Language, part: number): string {
  // Binary fractions: 0.9995 may come out a bit below itself.
  const cut = Math.floor(part * 10_000 + 1e-7);
  const percent = (part < 1 ? Math.min(cut, 9_999) : 10_000) / 100;
  const number = new Intl.NumberFormat(LOCALE[language], {
    minimumFractionDigits: percent === 0 || percent === 100 ? 0 : 2,
    maximumFractionDigits: 2,
    useGrouping: false,
  });
  return `${number.format(percent)} %`;
}

const FORMS = {
  /** `16 November` */
  day: { day: 'numeric', month: 'long' },
  /** `Friday 20 November` */
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  /** `November 2026` */
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A day, or its month, in a zone; epoch ms. */
export function dateText(language: Language, timeZone: string, at: number, form: keyof typeof FORMS): string {
  const text = new Intl.DateTimeFormat(LOCALE[language], { ...FORMS[form], timeZone }).format(at);
  // The first of a month is an ordinal in French, which Intl does not know.
  return language === 'fr' ? text.replace(/(^|\s)1 /, '$11er ') : text;
}

/** The days from one instant to another in a zone, as `16 – 22 November 2026`. */
export function daysBetween(language: Language, timeZone: string, from: number, to: number): string {
  const form = { day: 'numeric', month: 'long', year: 'numeric', timeZone } as const;
  return new Intl.DateTimeFormat(LOCALE[language], form).formatRange(from, to).replace(/\p{Zs}/gu, ' ');
}
