import type { Window } from '@vigie/contract';
import { Duration, Instant } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { scheduleWords } from './schedule-words.ts';

/** When a window is open: once, or by its schedule in words. */
export function WindowTimes({ window }: { window: Window }) {
  const language = useLanguage();
  if (window.schedule !== null) {
    return (
      <>
        {scheduleWords(window.schedule, window.time_zone ?? 'UTC', language) ?? window.schedule}
        {window.duration !== null && (
          <>
            , <Duration seconds={window.duration} />
          </>
        )}
        <p className="small soft">{window.time_zone}</p>
      </>
    );
  }
  return (
    <>
      {window.starts_at !== null && <Instant at={window.starts_at} />}
      {' – '}
      {window.ends_at !== null && <Instant at={window.ends_at} />}
    </>
  );
}
