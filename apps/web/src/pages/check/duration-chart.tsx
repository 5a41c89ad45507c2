import { useMemo } from 'react';
import { TimeChart } from '../../components/time-chart.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import type { DurationPoint } from './duration-card.tsx';

interface DurationChartProps {
  points: readonly DurationPoint[];
  /** Epoch seconds. */
  from: number;
  until: number;
}

/** Average and longest durations as lines. */
export function DurationChart({ points, from, until }: DurationChartProps) {
  const t = useT();
  const times = useMemo(() => points.map(({ at }) => at), [points]);
  const lines = useMemo(
    () => [
      {
        label: t(messages.average),
        look: 'main' as const,
        values: points.map(({ average }) => average),
      },
      {
        label: t(messages.longest),
        look: 'other' as const,
        values: points.map(({ longest }) => longest),
      },
    ],
    [points, t],
  );
  return <TimeChart times={times} lines={lines} from={from} until={until} />;
}

const messages = defineMessages({
  average: { en: 'Average', fr: 'Moyenne' },
  longest: { en: 'Longest', fr: 'Maximum' },
});
