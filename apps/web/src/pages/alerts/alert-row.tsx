import { Link } from '@tanstack/react-router';
import type { Alert } from '@vigie/contract';
import { Button } from '../../components/button.tsx';
import { StateShape } from '../../components/status.tsx';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay } from '../../shell/project.ts';
import { useAlertActions } from './alert-actions.ts';
import { lookOf, SEVERITY_WORDS, summaryOf, titleOf } from './alert-words.ts';
import { tellingLabels } from './grouping.ts';
import { HoldText } from './hold-text.tsx';
import { SilenceMenu } from './silence-menu.tsx';

/** An alert in a list: what, since when, who is at it, and what can be done in one click. */
export function AlertRow({ alert, current }: { alert: Alert; current: boolean }) {
  const t = useT();
  const mayWrite = useMay('member');
  const { acknowledge } = useAlertActions();
  const summary = summaryOf(alert);
  const isFiring = alert.state === 'firing';
  return (
    <div className="alert-row" data-alert={alert.id} data-current={current || undefined}>
      <StateShape look={lookOf(alert)} size={18} />
      <div>
        <Link
          to="/projects/$project/alerts/$alert"
          params={{ project: alert.project, alert: alert.id }}
          className="alert-title wrap-anywhere"
        >
          {titleOf(alert)}
        </Link>
        {summary !== '' && <p className="wrap-anywhere">{summary}</p>}
        <p className="alert-facts">
          <span>{isFiring ? t(SEVERITY_WORDS[alert.severity]) : t(messages.resolved)}</span>
          {alert.environment !== '' && <span>{alert.environment}</span>}
          <span>
            {t(messages.since)} <Ago at={alert.starts_at} />
          </span>
          {alert.resolved_at !== null && (
            <span>
              {t(messages.over)} <Ago at={alert.resolved_at} />
            </span>
          )}
          {alert.drill && <strong>{t(messages.drill)}</strong>}
          {alert.acknowledged !== null && <span>{t(messages.at, { who: alert.acknowledged.by })}</span>}
          {isFiring && alert.held.length === 0 && alert.notified_at === null && (
            <span>{t(messages.untold)}</span>
          )}
        </p>
        {alert.held.map((hold) => (
          <HoldText key={`${hold.by} ${hold.id}`} hold={hold} />
        ))}
        <p className="label-chips">
          {tellingLabels(alert).map(([name, value]) => (
            <span key={name} className="chip">
              {name}={value}
            </span>
          ))}
        </p>
      </div>
      {mayWrite && isFiring && (
        <div className="row">
          {alert.acknowledged === null && (
            <Button icon="check" onClick={() => acknowledge([alert])}>
              {t(messages.acknowledge)}
              <span className="unseen">: {titleOf(alert)}</span>
            </Button>
          )}
          {alert.held.every(({ by }) => by !== 'silence') && (
            <SilenceMenu
              alert={alert}
              trigger={
                <Button icon="silence">
                  {t(messages.silence)}
                  <span className="unseen">: {titleOf(alert)}</span>
                </Button>
              }
            />
          )}
        </div>
      )}
    </div>
  );
}

const messages = defineMessages({
  since: { en: 'since', fr: 'depuis' },
  over: { en: 'over', fr: 'terminée' },
  resolved: { en: 'resolved', fr: 'résolue' },
  drill: { en: 'drill', fr: 'exercice' },
  at: { en: '{who} is at it', fr: '{who} s’en charge' },
  untold: { en: 'nobody was told', fr: 'personne n’a été prévenu' },
  acknowledge: { en: 'Acknowledge', fr: 'Prendre en charge' },
  silence: { en: 'Silence', fr: 'Silence' },
});
