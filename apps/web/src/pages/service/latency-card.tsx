import { useQuery } from '@tanstack/react-query';
import type { Service, ServiceHistory } from '@vigie/contract';
import { lazy, Suspense, useMemo } from 'react';
import { serviceHistoryQuery } from '../../api/service-queries.ts';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';

const TimeChart = lazy(async () => ({
  default: (await import('../../components/time-chart.tsx')).TimeChart,
}));

/** Seconds that the chart shows at least, so that two runs do not fill it. */
const LEAST_RANGE = 60;

/** How long the last runs took, and which of them failed. */
export function LatencyCard({ service }: { service: Service }) {
  const t = useT();
  const language = useLanguage();
  const { data, error, refetch } = useQuery(serviceHistoryQuery(service.id));
  const chart = useMemo(() => chartOf(data ?? []), [data]);
  const lines = useMemo(
    () => [
      { label: t(messages.latency), look: 'main' as const, values: chart.well },
      { label: t(messages.failed), look: 'bad' as const, values: chart.failed },
    ],
    [chart, t],
  );
  const failures = chart.failed.filter((value) => value !== null).length;
  return (
    <Card title={t(messages.title)}>
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton />}
      {data?.length === 0 && <p className="soft">{t(messages.none)}</p>}
      {data !== undefined && data.length > 0 && (
        <>
          <p className="soft small">
            {t(messages.told, {
              count: data.length,
              failures,
              median: durationText(chart.median, language),
              longest: durationText(chart.longest, language),
            })}
          </p>
          <Suspense fallback={<div className="service-chart" />}>
            <TimeChart times={chart.times} lines={lines} from={chart.from} until={chart.until} />
          </Suspense>
        </>
      )}
    </Card>
  );
}

/** The runs as lines over epoch seconds. */
function chartOf(history: ServiceHistory['items']) {
  const times = history.map(({ at }) => Date.parse(at) / 1_000);
  const sorted = history.map(({ duration }) => duration).sort((a, b) => a - b);
  const until = times.at(-1) ?? 0;
  return {
    times,
    well: history.map(({ duration, ok }) => (ok ? duration : null)),
    failed: history.map(({ duration, ok }) => (ok ? null : duration)),
    from: Math.min(times[0] ?? 0, until - LEAST_RANGE),
    until,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    longest: sorted.at(-1) ?? 0,
  };
}

const messages = defineMessages({
  title: { en: 'Latency', fr: 'Latence' },
  latency: { en: 'Latency', fr: 'Latence' },
  failed: { en: 'Failed', fr: 'Échec' },
  none: {
    en: 'No run is remembered yet. The last ones are kept in memory by the server that makes them.',
    fr: 'Aucun passage n’est encore mémorisé. Le serveur qui les fait garde les derniers en mémoire.',
  },
  told: {
    en: '{count, plural, one {One run} other {The last # runs}}: half took at most {median}, the longest {longest}; {failures, plural, =0 {none failed} one {one failed} other {# failed}}.',
    fr: '{count, plural, one {Un passage} other {# derniers passages}} : la moitié en {median} au plus, le plus long en {longest} ; {failures, plural, =0 {aucun échec} one {un échec} other {# échecs}}.',
  },
});
