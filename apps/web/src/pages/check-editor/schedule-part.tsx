import { describe } from '@vigie/schedule';
import { useDeferredValue, useMemo } from 'react';
import { CheckField, TextArea, TextField } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import type { ScheduleDraft, ScheduleKind } from './draft.ts';
import { DurationField } from './duration-field.tsx';
import type { FormPart } from './form-part.ts';
import { OccurrenceList } from './occurrence-list.tsx';
import { readSchedule, type ScheduleReading } from './schedule-reading.ts';
import { ZoneField } from './zone-field.tsx';

/** Dates shown. */
const SHOWN = 10;
const KINDS: readonly ScheduleKind[] = ['simple', 'cron', 'oncalendar'];

/** When the check is expected, said back in words and dates as it is written. */
export function SchedulePart({ draft, change, errorOf }: FormPart) {
  const t = useT();
  const { schedule } = draft;
  const set = (patch: Partial<ScheduleDraft>): void => change({ schedule: { ...schedule, ...patch } });
  const shown = useDeferredValue(schedule);
  const reading = useMemo(() => readSchedule(shown), [shown]);
  const wrong = useWrongText(reading);
  return (
    <Card title={t(messages.title)}>
      <fieldset className="kind-choice">
        <legend className="field-label">{t(messages.kind)}</legend>
        {KINDS.map((kind) => (
          <CheckField
            key={kind}
            type="radio"
            name="schedule-kind"
            label={t(messages[kind])}
            hint={t(messages[`${kind}Hint`])}
            checked={schedule.kind === kind}
            onChange={() => set({ kind })}
          />
        ))}
      </fieldset>
      {schedule.kind === 'simple' && (
        <DurationField
          slider
          label={t(messages.period)}
          error={errorOf('timeout') ?? wrong}
          value={schedule.timeout}
          onChange={(timeout) => set({ timeout })}
        />
      )}
      {schedule.kind === 'cron' && (
        <TextField
          label={t(messages.expression)}
          hint={t(messages.cronFields)}
          error={errorOf('schedule') ?? wrong}
          className="control mono"
          spellCheck={false}
          autoComplete="off"
          value={schedule.cron}
          maxLength={100}
          onChange={(event) => set({ cron: event.target.value })}
        />
      )}
      {schedule.kind === 'oncalendar' && (
        <TextArea
          label={t(messages.expression)}
          hint={t(messages.calendarLines)}
          error={errorOf('schedule') ?? wrong}
          className="control mono"
          spellCheck={false}
          rows={2}
          value={schedule.oncalendar}
          maxLength={100}
          onChange={(event) => set({ oncalendar: event.target.value })}
        />
      )}
      {schedule.kind !== 'simple' && (
        <ZoneField
          value={schedule.timeZone}
          error={errorOf('time_zone')}
          onChange={(timeZone) => set({ timeZone })}
        />
      )}
      <DurationField
        slider
        label={t(messages.grace)}
        hint={t(messages.graceHint)}
        error={errorOf('grace') ?? (draft.grace === 0 ? t(messages.empty) : undefined)}
        value={draft.grace}
        onChange={(grace) => change({ grace })}
      />
      <div className="said-back" aria-live="polite">
        <SaidBack reading={reading} grace={draft.grace} />
      </div>
    </Card>
  );
}

function SaidBack({ reading: { schedule }, grace }: { reading: ScheduleReading; grace: number }) {
  const t = useT();
  const language = useLanguage();
  if (schedule === null) return <p className="soft">{t(messages.notYet)}</p>;
  return (
    <>
      <p>
        <strong>{describe(schedule, language)}</strong>
        <br />
        <span className="soft">
          {t(messages.downAfter, { grace: durationText(grace, language, 'long') })}
        </span>
      </p>
      {schedule.kind !== 'simple' && <OccurrenceList schedule={schedule} count={SHOWN} />}
    </>
  );
}

function useWrongText(reading: ScheduleReading): string | undefined {
  const t = useT();
  if (reading.schedule !== null || reading.wrong === 'zone') return undefined;
  if (reading.wrong === 'expression') return t(messages.wrong, { reason: reading.reason });
  return t(messages[reading.wrong]);
}

const messages = defineMessages({
  title: { en: 'When is it expected?', fr: 'Quand est-il attendu ?' },
  kind: { en: 'Schedule', fr: 'Calendrier' },
  simple: { en: 'Simple', fr: 'Simple' },
  simpleHint: { en: 'so long after the last ping', fr: 'tant de temps après le dernier ping' },
  cron: { en: 'Cron', fr: 'Cron' },
  cronHint: { en: 'as in a crontab', fr: 'comme dans une crontab' },
  oncalendar: { en: 'OnCalendar', fr: 'OnCalendar' },
  oncalendarHint: { en: 'as in a systemd timer', fr: 'comme dans un minuteur systemd' },
  period: { en: 'Time between two pings', fr: 'Temps entre deux pings' },
  expression: { en: 'Expression', fr: 'Expression' },
  cronFields: {
    en: 'Minute, hour, day of the month, month, day of the week',
    fr: 'Minute, heure, jour du mois, mois, jour de la semaine',
  },
  calendarLines: {
    en: 'Such as Mon..Fri 09:00; several on lines of their own',
    fr: 'Par exemple Mon..Fri 09:00 ; plusieurs, chacune sur sa ligne',
  },
  grace: { en: 'Grace', fr: 'Délai de grâce' },
  graceHint: {
    en: 'How late it may be before it is down and somebody is told',
    fr: 'Le retard permis avant qu’il soit en panne et qu’on prévienne quelqu’un',
  },
  notYet: { en: 'The dates appear here.', fr: 'Les dates apparaissent ici.' },
  downAfter: { en: 'Down when it is {grace} late.', fr: 'En panne avec {grace} de retard.' },
  empty: { en: 'Something is needed here', fr: 'Il faut quelque chose ici' },
  notCron: {
    en: 'This is no cron expression: it needs five fields. OnCalendar would take it',
    fr: 'Ce n’est pas une expression cron : il faut cinq champs. OnCalendar l’accepterait',
  },
  notCalendar: {
    en: 'Five fields are a cron expression: choose Cron',
    fr: 'Cinq champs sont une expression cron : choisissez Cron',
  },
  wrong: { en: 'Not readable: {reason}', fr: 'Illisible : {reason}' },
});
