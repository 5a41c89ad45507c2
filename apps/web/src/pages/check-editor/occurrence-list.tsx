import './occurrence-list.css';
import { nextOccurrences, type Schedule } from '@vigie/schedule';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { CLOCK } from '../../i18n/time.ts';
import { readersZone } from './readers-zone.ts';

interface OccurrenceListProps {
  schedule: Exclude<Schedule, { kind: 'simple' }>;
  count: number;
}

/** The next dates of a schedule: in its own zone, and in the reader's where that is another one. */
export function OccurrenceList({ schedule, count }: OccurrenceListProps) {
  const t = useT();
  const language = useLanguage();
  const mine = readersZone();
  const dates = nextOccurrences(schedule, Date.now(), count);
  const format = (at: number, timeZone: string): string =>
    new Intl.DateTimeFormat(language, { ...SHAPE, timeZone }).format(at);
  if (dates.length === 0) return <p className="soft">{t(messages.never)}</p>;
  const foreign = schedule.timeZone !== mine;
  return (
    <table className="occurrences">
      <caption className="unseen">{t(messages.next)}</caption>
      <thead>
        <tr>
          <th>{foreign ? schedule.timeZone : t(messages.next)}</th>
          {foreign && <th>{t(messages.here, { zone: mine })}</th>}
        </tr>
      </thead>
      <tbody>
        {dates.map((at) => (
          <tr key={at}>
            <td>
              <time dateTime={new Date(at).toISOString()}>{format(at, schedule.timeZone)}</time>
            </td>
            {foreign && <td className="soft">{format(at, mine)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SHAPE = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  ...CLOCK,
} as const;

const messages = defineMessages({
  next: { en: 'Next times', fr: 'Prochaines dates' },
  here: { en: 'Where you are ({zone})', fr: 'Chez vous ({zone})' },
  never: { en: 'No date is left in this schedule.', fr: 'Ce calendrier ne contient plus aucune date.' },
});
