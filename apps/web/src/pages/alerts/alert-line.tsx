import type { Alert } from '@vigie/contract';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { SEVERITY_WORDS } from './alert-words.ts';

/** What else is to be said of an alert in one line: gravity, place, times, who knows. */
export function AlertLine({ alert }: { alert: Alert }) {
  const t = useT();
  const isFiring = alert.state === 'firing';
  return (
    <p className="alert-line">
      <span>{isFiring ? t(SEVERITY_WORDS[alert.severity]) : t(messages.resolved)}</span>
      {alert.environment !== '' && <span>{alert.environment}</span>}
      <span>
        {t(messages.began)} <Ago at={alert.starts_at} />
      </span>
      {alert.resolved_at !== null && (
        <span>
          {t(messages.over)} <Ago at={alert.resolved_at} />
        </span>
      )}
      {alert.drill && <strong>{t(messages.drill)}</strong>}
      {alert.acknowledged !== null && (
        <strong>
          <bdi>{t(messages.at, { who: alert.acknowledged.by })}</bdi>
        </strong>
      )}
      {isFiring && alert.untold && <strong className="alert-untold">{t(messages.untold)}</strong>}
    </p>
  );
}

const messages = defineMessages({
  began: { en: 'began', fr: 'commencée' },
  over: { en: 'over', fr: 'terminée' },
  resolved: { en: 'resolved', fr: 'résolue' },
  drill: { en: 'drill', fr: 'exercice' },
  at: { en: '{who} is at it', fr: '{who} s’en charge' },
  untold: { en: 'nobody was told', fr: 'personne n’a été prévenu' },
});
