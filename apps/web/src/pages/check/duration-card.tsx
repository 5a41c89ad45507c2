import './history.css';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { Check, Rollup } from '@vigie/contract';
import { lazy, Suspense, useMemo } from 'react';
import { ChoiceLinks } from '../../components/choice-links.tsx';
import { Card, Skeleton } from '../../components/page.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { rollupsQuery } from './rollup-queries.ts';
import { CHART_DAYS, type ChartDays } from './search.ts';

const DurationChart = lazy(() =>
  import('./duration-chart.tsx').then((file) => ({ default: file.DurationChart })),
);

/** Seconds. */
const DAY = 86_400;
const USUAL: ChartDays = 7;
/** Days beyond which a point is a day, not an hour. */
const HOURLY = 30;

/** How long runs took, over time. */
export function DurationCard({ check }: { check: Check }) {
  const t = useT();
  const language = useLanguage();
  const { days = USUAL } = useSearch({ strict: false });
  const { data } = useQuery(rollupsQuery(check.id, days > HOURLY ? 'day' : 'hour'));
  // The time shown moves on with what is known.
  const until = useMemo(() => (data === undefined ? 0 : Math.ceil(Date.now() / 1_000)), [data]);
  const from = until - days * DAY;
  const points = useMemo(() => pointsOf(data?.items ?? [], from), [data, from]);
  const links = CHART_DAYS.map((count) => ({
    label: t(messages.days, { days: count }),
    search: { days: count === USUAL ? undefined : count },
    current: count === days,
  }));
  const runs = points.reduce((sum, point) => sum + point.runs, 0);
  const longest = Math.max(0, ...points.map(({ longest }) => longest));
  return (
    <Card title={t(messages.title)} actions={<ChoiceLinks label={t(messages.range)} choices={links} />}>
      {data === undefined && <Skeleton lines={3} />}
      {data !== undefined && runs === 0 && <p className="soft">{t(messages.none)}</p>}
      {runs > 0 && (
        <>
          <p className="soft small">{t(messages.told, { runs, longest: durationText(longest, language) })}</p>
          <Suspense fallback={<div className="chart" />}>
            <DurationChart points={points} from={from} until={until} />
          </Suspense>
        </>
      )}
    </Card>
  );
}

export interface DurationPoint {
  /** Epoch seconds. */
  at: number;
  runs: number;
  /** Seconds. */
  average: number;
  longest: number;
}

/** `from`: epoch seconds. */
function pointsOf(items: readonly Rollup[], from: number): DurationPoint[] {
  return items
    .filter(({ start, runs }) => runs > 0 && Date.parse(start) / 1_000 >= from)
    .map(({ start, runs, duration_sum, duration_max }) => ({
      at: Date.parse(start) / 1_000,
      runs,
      average: duration_sum / runs,
      longest: duration_max,
    }));
}

const messages = defineMessages({
  title: { en: 'Duration of runs', fr: 'Durée des exécutions' },
  range: { en: 'Time shown', fr: 'Période affichée' },
  days: { en: '{days, plural, one {24 h} other {# d}}', fr: '{days, plural, one {24 h} other {# j}}' },
  none: {
    en: 'No duration is known in this time. It is measured between a start ping and the next ping of the run.',
    fr: 'Aucune durée n’est connue sur cette période. Elle se mesure entre un ping de début et le ping suivant.',
  },
  told: {
    en: '{runs, plural, one {# run was} other {# runs were}} measured; the longest took {longest}.',
    fr: '{runs, plural, one {# exécution mesurée} other {# exécutions mesurées}} ; la plus longue a duré {longest}.',
  },
});
