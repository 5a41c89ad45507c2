import { type CompiledLine, compiled } from './compiled.ts';
import { type DayShape, dayShape } from './day-shape.ts';
import { singleRun } from './listing.ts';
import { type Schedule, timeoutOf } from './schedule.ts';
import { type TimeShape, timeShape } from './time-shape.ts';
import { amountOf, type Words } from './words.ts';
import { english } from './words-en.ts';
import { french } from './words-fr.ts';

const LANGUAGES: Readonly<Record<'en' | 'fr', Words>> = { en: english, fr: french };

/**
 * A schedule in words, in English or French: `Every 10 minutes from 09:00 to 17:50, Monday to Friday
 * (Europe/Paris)`. Several OnCalendar lines are parted by semicolons.
 * @throws ScheduleError when the schedule is not valid, which one of `parseSchedule` always is.
 */
export function describe(schedule: Schedule, language: 'en' | 'fr'): string {
  const words = LANGUAGES[language];
  if (schedule.kind === 'simple') return capitalised(words.period(amountOf(timeoutOf(schedule))));
  const clauses = compiled(schedule.expression).lines.map((line) => clauseOf(line, schedule.timeZone, words));
  return capitalised(joined(clauses, words.separator));
}

interface Clause {
  readonly text: string;
  /** Null where the zone makes no difference. */
  readonly timeZone: string | null;
}

function clauseOf({ spec, timeZone }: CompiledLine, ownZone: string, words: Words): Clause {
  const time = timeShape(spec);
  const days = dayShape(spec);
  return {
    text: sentence(time, days, words),
    timeZone: isContinuous(time, days) ? null : (timeZone ?? ownZone),
  };
}

/** Fixed times follow their days, days follow a rhythm. */
function sentence(time: TimeShape, days: DayShape, words: Words): string {
  if (time.kind === 'at') return `${words.days(days)}${isInvolved(days) ? ',' : ''} ${words.times(time)}`;
  const allDay = time.kind === 'every' ? time.windows.length === 0 : time.hours.every === 1;
  return allDay && isEveryDay(days) ? words.times(time) : `${words.times(time)}, ${words.days(days)}`;
}

/** Whether the days end in a condition or a span, after which a time of day would run on. */
function isInvolved({ dates, weekdays, match, months, years }: DayShape): boolean {
  if (dates !== null && weekdays !== null && match === 'both') return true;
  return (months !== null && singleRun(months) !== null) || (years !== null && years.length > 1);
}

function isEveryDay({ dates, weekdays, months, years }: DayShape): boolean {
  return dates === null && weekdays === null && months === null && years === null;
}

/** Every minute or every second, always. */
function isContinuous(time: TimeShape, days: DayShape): boolean {
  if (time.kind !== 'every' || time.step > 1 || time.offset > 0 || time.windows.length > 0) return false;
  return time.unit !== 'hour' && isEveryDay(days);
}

/** Names the zone once at the end where all clauses share it, else after each. */
function joined(clauses: readonly Clause[], separator: string): string {
  const [first] = clauses;
  const shared = clauses.every(({ timeZone }) => timeZone === first?.timeZone);
  const texts = clauses.map(({ text, timeZone }) => (shared ? text : withZone(text, timeZone)));
  return withZone(texts.join(separator), shared ? (first?.timeZone ?? null) : null);
}

function withZone(text: string, timeZone: string | null): string {
  return timeZone === null ? text : `${text} (${timeZone})`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
