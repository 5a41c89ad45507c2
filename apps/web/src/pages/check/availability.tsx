import './history.css';
import { useQuery } from '@tanstack/react-query';
import type { Check, Rollup } from '@vigie/contract';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { DayStrip } from './day-strip.tsx';
import { rollupsQuery } from './rollup-queries.ts';
import { STANDING_DAYS, type Standing, standing } from './standing.ts';

/** How a check stood over a day, a week, a month and a quarter. */
export function Availability({ check }: { check: Check }) {
  const t = useT();
  const hours = useQuery(rollupsQuery(check.id, 'hour'));
  const days = useQuery(rollupsQuery(check.id, 'day'));
  const error = hours.error ?? days.error;
  if (error !== null) {
    const retry = (): void => void Promise.all([hours.refetch(), days.refetch()]);
    return (
      <Card title={t(messages.title)}>
        <Problem error={error} retry={retry} />
      </Card>
    );
  }
  return (
    <Card title={t(messages.title)}>
      {hours.data === undefined || days.data === undefined ? (
        <Skeleton lines={3} />
      ) : (
        <Standings check={check} hours={hours.data.items} days={days.data.items} />
      )}
    </Card>
  );
}

interface StandingsProps {
  check: Check;
  hours: readonly Rollup[];
  days: readonly Rollup[];
}

function Standings({ check, hours, days }: StandingsProps) {
  const t = useT();
  const now = Date.now();
  return (
    <>
      <dl className="standings">
        {STANDING_DAYS.map((count) => (
          <div key={count}>
            <dt>{t(messages.last, { hours: 24, days: count })}</dt>
            <dd>
              <OneStanding standing={standing(count === 1 ? hours : days, count, check, now)} />
            </dd>
          </div>
        ))}
      </dl>
      <DayStrip items={days} now={now} />
    </>
  );
}

function OneStanding({ standing: { uptime, successRate, runs, down, young } }: { standing: Standing }) {
  const t = useT();
  const language = useLanguage();
  if (uptime === null) return <span className="standing-none">{t(messages.nothing)}</span>;
  const downText =
    down === 0 ? t(messages.noOutage) : t(messages.down, { length: durationText(down, language) });
  return (
    <>
      <strong className="standing-uptime">{percent(uptime, language)}</strong>
      <span className="soft small">{downText}</span>
      <span className="soft small">
        {successRate === null
          ? t(messages.noRun)
          : t(messages.runs, { count: runs, rate: percent(successRate, language, 1) })}
      </span>
      {young !== null && (
        <span className="soft small">{t(messages.young, { length: durationText(young, language) })}</span>
      )}
    </>
  );
}

/** Cut, not rounded: 100 % is said only of what had no fault. */
function percent(part: number, language: string, digits = 3): string {
  const steps = 10 ** (digits + 2);
  const cut = Math.floor(part * steps) / steps;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(cut);
}

const messages = defineMessages({
  title: { en: 'Uptime', fr: 'Disponibilité' },
  last: {
    en: '{days, plural, one {{hours} hours} other {# days}}',
    fr: '{days, plural, one {{hours} heures} other {# jours}}',
  },
  nothing: { en: 'no data', fr: 'aucune donnée' },
  noOutage: { en: 'never down', fr: 'jamais en panne' },
  down: { en: 'down for {length}', fr: 'en panne {length}' },
  young: { en: 'it is {length} old', fr: 'il existe depuis {length}' },
  noRun: { en: 'no run was due', fr: 'aucune exécution prévue' },
  runs: {
    en: '{count, plural, one {# run} other {# runs}}, {rate} succeeded',
    fr: '{count, plural, one {# exécution} other {# exécutions}}, {rate} de succès',
  },
});
