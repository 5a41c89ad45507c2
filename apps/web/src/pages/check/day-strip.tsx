import type { Rollup } from '@vigie/contract';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { type DayCell, dayCells } from './standing.ts';

/** Days of the strip. */
const DAYS = 90;
/** Units of the drawing. Days that went worse are taller, so that colour is not needed to tell them. */
const DRAWN = { step: 10, cell: 8, height: 28 } as const;
const TALL: Record<DayCell['look'], number> = { none: 0.2, up: 0.5, degraded: 0.75, down: 1 };

/** The last days as a strip, and a sentence and a table that say the same. */
export function DayStrip({ items, now }: { items: readonly Rollup[]; now: number }) {
  const t = useT();
  const language = useLanguage();
  const cells = dayCells(items, DAYS, now);
  const count = (look: DayCell['look']): number => cells.filter((cell) => cell.look === look).length;
  const down = cells.filter((cell) => cell.down > 0).toReversed();
  const dayText = (start: number): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(start);
  const told = t(messages.told, {
    days: DAYS,
    up: count('up'),
    marred: count('degraded'),
    down: count('down'),
    none: count('none'),
  });
  return (
    <div>
      <svg
        className="day-strip"
        viewBox={`0 0 ${DAYS * DRAWN.step} ${DRAWN.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={told}
      >
        {cells.map(({ start, look, down: seconds }, index) => (
          <rect
            key={start}
            className={`day day-${look}`}
            x={index * DRAWN.step}
            y={DRAWN.height * (1 - TALL[look])}
            width={DRAWN.cell}
            height={DRAWN.height * TALL[look]}
          >
            <title>{`${dayText(start)}: ${dayWords(look, seconds)}`}</title>
          </rect>
        ))}
      </svg>
      <p className="soft small">{told}</p>
      {down.length > 0 && (
        <details>
          <summary>{t(messages.list)}</summary>
          <ul className="day-list">
            {down.map(({ start, down: seconds }) => (
              <li key={start}>
                {dayText(start)}: {durationText(seconds, language)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );

  function dayWords(look: DayCell['look'], seconds: number): string {
    if (look === 'none') return t(messages.none);
    if (seconds > 0) return t(messages.down, { length: durationText(seconds, language) });
    return t(look === 'up' ? messages.well : messages.failures);
  }
}

const messages = defineMessages({
  told: {
    en: 'The last {days} days (UTC): {up} without fault, {marred} with small faults, {down} with long outages, {none} without a report.',
    fr: 'Les {days} derniers jours (UTC) : {up} sans faute, {marred} avec de petites fautes, {down} avec de longues pannes, {none} sans rapport.',
  },
  list: { en: 'Days with outages', fr: 'Jours avec pannes' },
  none: { en: 'nothing was reported', fr: 'rien n’a été signalé' },
  well: { en: 'without fault', fr: 'sans faute' },
  failures: { en: 'failures, no outage', fr: 'des échecs, pas de panne' },
  down: { en: 'down for {length}', fr: 'en panne {length}' },
});
