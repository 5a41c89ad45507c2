import { Link } from '@tanstack/react-router';
import type { Alert } from '@vigie/contract';
import { Card } from '../../components/page.tsx';
import { Ago, Instant } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { SEVERITY_WORDS } from './alert-words.ts';
import { HoldTexts } from './hold-text.tsx';

/** The facts of an alert: state, times, who is at it, where it belongs. */
export function AlertFacts({ alert }: { alert: Alert }) {
  const t = useT();
  const { project } = alert;
  return (
    <Card title={t(messages.facts)}>
      <dl className="facts">
        <dt>{t(messages.state)}</dt>
        <dd>
          {t(messages[alert.state])}, {t(SEVERITY_WORDS[alert.severity])}
          {alert.drill && `, ${t(messages.drill)}`}
        </dd>
        <dt>{t(messages.since)}</dt>
        <dd>
          <Instant at={alert.starts_at} /> (<Ago at={alert.starts_at} />)
        </dd>
        {alert.resolved_at !== null && (
          <>
            <dt>{t(messages.over)}</dt>
            <dd>
              <Instant at={alert.resolved_at} />
            </dd>
          </>
        )}
        <dt>{t(messages.told)}</dt>
        <dd>{alert.notified_at === null ? t(messages.nobody) : <Instant at={alert.notified_at} />}</dd>
        {alert.acknowledged !== null && (
          <>
            <dt>{t(messages.at)}</dt>
            <dd>
              {alert.acknowledged.by}, <Ago at={alert.acknowledged.at} />
            </dd>
          </>
        )}
        {alert.check !== null && (
          <>
            <dt>{t(messages.check)}</dt>
            <dd>
              <Link to="/projects/$project/checks/$check" params={{ project, check: alert.check }}>
                {alert.labels['check'] ?? alert.check}
              </Link>
            </dd>
          </>
        )}
        {alert.incident !== null && (
          <>
            <dt>{t(messages.incident)}</dt>
            <dd>
              <Link
                to="/projects/$project/incidents/$incident"
                params={{ project, incident: alert.incident }}
              >
                {t(messages.open)}
              </Link>
            </dd>
          </>
        )}
      </dl>
      <HoldTexts alert={alert} />
    </Card>
  );
}

/** Everything that an alert says of itself. */
export function AlertLabels({ alert }: { alert: Alert }) {
  const t = useT();
  return (
    <div className="side-by-side">
      <Pairs title={t(messages.labels)} pairs={alert.labels} />
      <Pairs title={t(messages.annotations)} pairs={saidOnlyHere(alert)} />
    </div>
  );
}

/** The annotations that stand nowhere else: the summary, and what repeats it, are above, in the reader's language. */
function saidOnlyHere({ annotations, source }: Alert): Record<string, string> {
  const { summary, ...others } = annotations;
  return Object.fromEntries(
    Object.entries(others).filter(
      ([name, value]) => value !== summary && !(source === 'probe' && name === 'resolution'),
    ),
  );
}

function Pairs({ title, pairs }: { title: string; pairs: Readonly<Record<string, string>> }) {
  const entries = Object.entries(pairs);
  if (entries.length === 0) return null;
  return (
    <Card title={title}>
      <dl className="facts">
        {entries.map(([name, value]) => (
          <div key={name} className="facts-pair">
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

const messages = defineMessages({
  facts: { en: 'Facts', fr: 'Faits' },
  state: { en: 'State', fr: 'État' },
  firing: { en: 'firing', fr: 'active' },
  resolved: { en: 'resolved', fr: 'résolue' },
  drill: { en: 'a drill', fr: 'un exercice' },
  since: { en: 'Since', fr: 'Depuis' },
  over: { en: 'Over', fr: 'Terminée' },
  told: { en: 'First told', fr: 'Premier message' },
  nobody: { en: 'nobody yet', fr: 'personne encore' },
  at: { en: 'At it', fr: 'Prise en charge' },
  check: { en: 'Check', fr: 'Contrôle' },
  incident: { en: 'Incident', fr: 'Incident' },
  open: { en: 'open it', fr: 'l’ouvrir' },
  labels: { en: 'Labels', fr: 'Étiquettes' },
  annotations: { en: 'Annotations', fr: 'Annotations' },
});
