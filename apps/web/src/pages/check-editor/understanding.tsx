import { canonicalTimeZone, describe, parseSchedule } from '@vigie/schedule';
import { StateShape } from '../../components/status.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { OccurrenceList } from './occurrence-list.tsx';
import { sensibleGrace } from './sensible-grace.ts';
import type { Understood } from './understand.ts';
import { ZoneField } from './zone-field.tsx';

/** Dates shown of a schedule. */
const SHOWN = 3;

interface UnderstandingProps {
  understood: Understood;
  zone: string;
  onZone(zone: string): void;
}

/** Says what was understood of the first field. */
export function Understanding({ understood, zone, onZone }: UnderstandingProps) {
  const t = useT();
  switch (understood.kind) {
    case 'nothing':
      return null;
    case 'wrong':
      return <p className="field-error">{t(messages[understood.problem], { reason: understood.reason })}</p>;
    case 'name':
      return <p>{t(messages.name)}</p>;
    case 'url':
      return <p>{t(messages.address)}</p>;
    case 'line':
      return (
        <>
          <LineWords expression={understood.expression} zone={zone} />
          {understood.timeZone === null && <ZoneField value={zone} onChange={onZone} />}
          {understood.others > 0 && (
            <p className="field-hint">{t(messages.others, { count: understood.others })}</p>
          )}
        </>
      );
  }
}

function LineWords({ expression, zone }: { expression: string; zone: string }) {
  const t = useT();
  const language = useLanguage();
  if (canonicalTimeZone(zone) === null) return null;
  const schedule = parseSchedule(expression, zone);
  if (schedule.kind === 'simple') return null;
  const grace = durationText(sensibleGrace(schedule, Date.now()), language, 'long');
  return (
    <>
      <p className="first-check-words">
        <StateShape look="pending" />
        <strong>{describe(schedule, language)}</strong>
      </p>
      <OccurrenceList schedule={schedule} count={SHOWN} />
      <p className="field-hint">{t(messages.grace, { grace })}</p>
    </>
  );
}

const messages = defineMessages({
  name: {
    en: 'A check with this name, expected once a day, with an hour of grace. Both can be changed at any time.',
    fr: 'Un contrôle de ce nom, attendu une fois par jour, avec une heure de délai. Les deux se changent à tout moment.',
  },
  address: {
    en: 'Vigie does not yet call URLs by itself; it will. Until then a cron job elsewhere can ask this URL every 5 minutes and tell Vigie that it answered. You get the line for it.',
    fr: 'Vigie n’appelle pas encore les URL elle-même ; cela viendra. D’ici là, une tâche cron ailleurs peut interroger cette URL toutes les 5 minutes et dire à Vigie qu’elle répond. Vous en recevez la ligne.',
  },
  grace: {
    en: 'It may be {grace} late before anybody is told.',
    fr: 'Elle peut avoir {grace} de retard avant qu’on prévienne quelqu’un.',
  },
  others: {
    en: '{count, plural, one {# more line: it wants} other {# more lines: each wants}} a check of its own.',
    fr: '{count, plural, one {# autre ligne : il lui faut} other {# autres lignes : il faut à chacune}} son propre contrôle.',
  },
  schedule: { en: 'This schedule cannot be read: {reason}', fr: 'Ce calendrier est illisible : {reason}' },
  zone: { en: 'No time zone is called {reason}', fr: 'Aucun fuseau horaire ne s’appelle {reason}' },
  reboot: {
    en: '@reboot has no dates, so nothing can be late. Give the job a name in place of the line.',
    fr: '@reboot n’a pas de dates : rien ne peut être en retard. Donnez plutôt un nom à la tâche.',
  },
  url: { en: 'This URL cannot be read: {reason}', fr: 'Cette URL est illisible : {reason}' },
});
