import type { Service } from '@vigie/contract';
import '../../components/why.css';
import { Fact } from '../../components/fact.tsx';
import { Card } from '../../components/page.tsx';
import { REASON_WORDS } from '../../components/reason-words.ts';
import { SERVICE_LOOKS } from '../../components/service-state.tsx';
import { Ago, Duration } from '../../components/time.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { type LimitedMeasurement, limited, seriesText } from './limits.ts';
import { RunMessage } from './run-answer.tsx';
import { valueText } from './value-text.ts';

/** How a service is, why, and since when. */
export function StateCard({ service }: { service: Service }) {
  const t = useT();
  const { last_run: run, down_since: since, warnings, state } = service;
  const language = useLanguage();
  const beyond = beyondWarning(service);
  return (
    <Card title={t(messages.title)}>
      <p className={`why why-${SERVICE_LOOKS[state]}`}>
        <Why service={service} />
      </p>
      {run !== null && state !== 'paused' && <RunMessage run={run} />}
      {warnings.length > 0 && beyond.length > 0 && state !== 'paused' && (
        <div>
          <h3>{t(messages.warnings)}</h3>
          <ul className="service-warnings">
            {beyond.map(({ measurement, limits }) => (
              <li key={seriesText(measurement)}>
                <code>{seriesText(measurement)}</code>{' '}
                {limits.map(({ threshold: { op, warning } }) =>
                  t(messages.beyond, {
                    value: valueText(measurement.name, measurement.value, language),
                    limit: `${op} ${valueText(measurement.name, warning ?? 0, language)}`,
                  }),
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <dl className="facts">
        {since !== null && (
          <Fact name={t(messages.since)}>
            <Ago at={since} />
          </Fact>
        )}
        <Fact name={t(messages.last)}>{run === null ? t(messages.never) : <Ago at={run.at} />}</Fact>
        {run !== null && (
          <Fact name={t(messages.took)}>
            <Duration seconds={run.duration} />
          </Fact>
        )}
      </dl>
    </Card>
  );
}

/** The measurements of the last run that are beyond a warning limit, each with the limits that it is beyond. */
function beyondWarning({ last_run: run, thresholds }: Service): LimitedMeasurement[] {
  return limited(run?.measurements ?? [], thresholds)
    .map(({ measurement, limits }) => ({
      measurement,
      limits: limits.filter(({ passed }) => passed === 'warning'),
    }))
    .filter(({ limits }) => limits.length > 0);
}

/** The state in a sentence. */
function Why({ service }: { service: Service }): string {
  const t = useT();
  const { state, last_run: run, warnings, failures } = service;
  const reason = run?.reason ?? null;
  if (state === 'paused') return t(messages.paused);
  if (run === null) return t(messages.isNew);
  if (reason !== null) {
    const why = t(REASON_WORDS[reason]);
    return state === 'unhealthy' ? t(messages.failed, { why }) : t(messages.failing, { why, failures });
  }
  if (state === 'unknown') return t(messages.overdue);
  return state === 'degraded' ? t(messages.warned, { count: warnings.length }) : t(messages.well);
}

const messages = defineMessages({
  title: { en: 'State', fr: 'État' },
  paused: {
    en: 'Paused: it is not looked at, and nobody is told.',
    fr: 'En pause : il n’est pas sondé, et personne n’est prévenu.',
  },
  isNew: { en: 'It has not been looked at yet.', fr: 'Il n’a pas encore été sondé.' },
  failed: { en: 'Unhealthy: {why}.', fr: 'Défaillant : {why}.' },
  failing: {
    en: 'Its last run failed: {why}. {failures, plural, =1 {} other {It counts once # runs in a row failed.}}',
    fr: 'Son dernier passage a échoué : {why}. {failures, plural, =1 {} other {Cela compte après # échecs de suite.}}',
  },
  overdue: {
    en: 'Nothing is known now: no run has reported for longer than its grace.',
    fr: 'On ne sait rien à présent : aucun passage n’a rendu compte depuis plus que son délai de grâce.',
  },
  warned: {
    en: 'Degraded: it answers, but {count, plural, one {a measurement is} other {# measurements are}} beyond the warning limit.',
    fr: 'Dégradé : il répond, mais {count, plural, one {une mesure dépasse} other {# mesures dépassent}} le seuil d’avertissement.',
  },
  well: { en: 'Healthy: its last run was well.', fr: 'Sain : son dernier passage est bon.' },
  warnings: { en: 'Beyond their warning limits', fr: 'Au-delà de leur seuil d’avertissement' },
  beyond: { en: 'is {value}, warning {limit}', fr: 'vaut {value}, avertissement {limit}' },
  since: { en: 'Went down', fr: 'Tombé en panne' },
  last: { en: 'Last run', fr: 'Dernier passage' },
  never: { en: 'never', fr: 'jamais' },
  took: { en: 'It took', fr: 'Il a duré' },
});
