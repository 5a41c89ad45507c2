import { nextOccurrences, parseSchedule, ScheduleError } from '@vigie/schedule';
import { TextField } from '../../components/field.tsx';
import { Instant } from '../../components/time.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { ZoneField } from '../check-editor/zone-field.tsx';
import { scheduleWords } from './schedule-words.ts';
import type { WindowDraft } from './window-draft.ts';

interface RecurringFieldsProps {
  draft: WindowDraft;
  set(changes: Partial<WindowDraft>): void;
  errorOf(field: string): string | undefined;
}

/** Openings that are shown. */
const SHOWN = 3;

/** When a window opens again and again, and for how long. */
export function RecurringFields({ draft, set, errorOf }: RecurringFieldsProps) {
  const t = useT();
  const language = useLanguage();
  const words = scheduleWords(draft.schedule, draft.zone, language);
  return (
    <>
      <div className="two-fields">
        <TextField
          label={t(messages.schedule)}
          hint={words ?? undefined}
          required
          spellCheck={false}
          value={draft.schedule}
          error={errorOf('schedule') ?? (words === null ? t(messages.none) : undefined)}
          onChange={(event) => set({ schedule: event.target.value })}
        />
        <TextField
          type="number"
          min={1}
          max={10_080}
          label={t(messages.minutes)}
          required
          value={draft.minutes}
          error={errorOf('duration')}
          onChange={(event) => set({ minutes: event.target.value })}
        />
      </div>
      <ZoneField value={draft.zone} error={errorOf('time_zone')} onChange={(zone) => set({ zone })} />
      <ul>
        {openingsOf(draft).map((at) => (
          <li key={at} className="small soft">
            {t(messages.opens)} <Instant at={at} />
          </li>
        ))}
      </ul>
    </>
  );
}

function openingsOf({ schedule, zone }: WindowDraft): string[] {
  try {
    const parsed = parseSchedule(schedule, zone);
    if (parsed.kind === 'simple') return [];
    return nextOccurrences(parsed, Date.now(), SHOWN).map((at) => new Date(at).toISOString());
  } catch (error) {
    if (error instanceof ScheduleError) return [];
    throw error;
  }
}

const messages = defineMessages({
  schedule: { en: 'It opens (cron)', fr: 'Elle s’ouvre (cron)' },
  minutes: { en: 'For so many minutes', fr: 'Pendant tant de minutes' },
  none: { en: 'This is no cron expression', fr: 'Ce n’est pas une expression cron' },
  opens: { en: 'opens', fr: 's’ouvre le' },
});
