import type { Window } from '@vigie/contract';
import { Duration, InstantRange } from '../../components/time.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { scheduleWords } from './schedule-words.ts';

/** When a window is open: once, or by its schedule in words, which name the zone. */
export function WindowTimes({ window }: { window: Window }) {
  const t = useT();
  const language = useLanguage();
  const { schedule, time_zone: zone, duration, starts_at: start, ends_at: end } = window;
  if (schedule === null) {
    return start !== null && end !== null && <InstantRange from={start} to={end} />;
  }
  return (
    <span>
      {scheduleWords(schedule, zone ?? 'UTC', language) ?? `${schedule} (${zone})`}
      {duration !== null && (
        <>
          {', '}
          {t(messages.lasting)} <Duration seconds={duration} />
        </>
      )}
    </span>
  );
}

const messages = defineMessages({
  lasting: { en: 'for', fr: 'pendant' },
});
