import type { Service } from '@vigie/contract';
import { REASON_WORDS } from '../../components/reason-words.ts';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Why a service is as it is, and since when, in two short lines. */
export function ServiceWords({ service }: { service: Service }) {
  const t = useT();
  const { state, last_run: run, down_since: since, warnings } = service;
  const failure = run?.reason ?? null;
  if (state === 'paused') return <span className="soft">{t(messages.paused)}</span>;
  if (run === null) return <span className="soft">{t(messages.never)}</span>;
  const checked = (
    <span className="soft">
      {t(messages.checked)} <Ago at={run.at} />
    </span>
  );
  if (failure !== null) {
    return (
      <>
        <span className="service-why" title={run.message}>
          {t(messages.because, { why: t(REASON_WORDS[failure]) })}
        </span>
        {since === null ? (
          checked
        ) : (
          <span className="soft">
            {t(messages.since)} <Ago at={since} />
          </span>
        )}
      </>
    );
  }
  if (state === 'degraded') {
    return (
      <>
        <span className="service-why" title={warnings.join('\n')}>
          {t(messages.warned, { count: warnings.length, first: metricOf(warnings[0] ?? '') })}
        </span>
        {checked}
      </>
    );
  }
  if (state === 'unknown') {
    return (
      <>
        <span className="service-why">{t(messages.overdue)}</span>
        {checked}
      </>
    );
  }
  return checked;
}

/** `pg_up{datname="a"} >` -> `pg_up` */
function metricOf(threshold: string): string {
  return threshold.replace(/[{ ].*$/, '');
}

const messages = defineMessages({
  paused: { en: 'It is not looked at.', fr: 'Il n’est pas sondé.' },
  never: { en: 'It has not been looked at yet.', fr: 'Il n’a pas encore été sondé.' },
  checked: { en: 'looked at', fr: 'sondé' },
  because: { en: '{why}', fr: '{why}' },
  since: { en: 'went down', fr: 'tombé en panne' },
  warned: {
    en: '{count, plural, one {beyond its warning limit: {first}} other {# measurements beyond their warning limits}}',
    fr: '{count, plural, one {au-delà du seuil d’avertissement : {first}} other {# mesures au-delà de leur seuil d’avertissement}}',
  },
  overdue: {
    en: 'no run has reported for too long',
    fr: 'aucun passage n’a rendu compte depuis trop longtemps',
  },
});
