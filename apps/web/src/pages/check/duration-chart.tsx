import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { CLOCK, durationText } from '../../i18n/time.ts';
import { useThemeChange } from '../../shell/theme-change.ts';
import type { DurationPoint } from './duration-card.tsx';

/** CSS pixels. */
const HEIGHT = 190;

interface DurationChartProps {
  points: readonly DurationPoint[];
  /** Epoch seconds. */
  from: number;
  until: number;
}

/** Average and longest durations as lines, drawn anew when the theme changes. */
export function DurationChart({ points, from, until }: DurationChartProps) {
  const t = useT();
  const language = useLanguage();
  const host = useRef<HTMLDivElement>(null);
  const theme = useThemeChange();
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (host.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(host.current);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours
  useEffect(() => {
    const element = host.current;
    if (element === null || width === 0) return;
    const colours = coloursOf(element);
    const seconds = (value: number | null): string => (value === null ? '' : durationText(value, language));
    const axis = { stroke: colours.soft, grid: { stroke: colours.line, width: 1 }, ticks: { show: false } };
    const line = { value: (_: uPlot, value: number | null) => seconds(value), points: { size: 5 } };
    const chart = new uPlot(
      {
        width,
        height: HEIGHT,
        scales: { x: { range: () => [from, until] }, y: { range: (_, __, most) => [0, most * 1.1] } },
        axes: [
          { ...axis, values: (_, marks) => marks.map((at, index) => timeText(at, marks[index - 1])) },
          {
            ...axis,
            size: 70,
            values: (_, values) => values.map((value) => durationText(value, language, 'narrow')),
          },
        ],
        series: [
          { label: t(messages.time), value: (_, at: number | null) => (at === null ? '' : wholeText(at)) },
          { ...line, label: t(messages.average), stroke: colours.accent, width: 2 },
          { ...line, label: t(messages.longest), stroke: colours.degraded, width: 1.5, dash: [5, 4] },
        ],
      },
      [
        points.map(({ at }) => at),
        points.map(({ average }) => average),
        points.map(({ longest }) => longest),
      ],
      element,
    );
    return () => chart.destroy();

    function timeText(at: number, before: number | undefined): string {
      const date = new Date(at * 1_000);
      const sameDay = before !== undefined && new Date(before * 1_000).toDateString() === date.toDateString();
      const midnight = date.getHours() === 0 && date.getMinutes() === 0;
      const shape = sameDay || !midnight ? ({ hour: '2-digit', minute: '2-digit', ...CLOCK } as const) : null;
      return new Intl.DateTimeFormat(language, shape ?? { day: 'numeric', month: 'short' }).format(date);
    }
    function wholeText(at: number): string {
      const shape = { dateStyle: 'medium', timeStyle: 'short', ...CLOCK } as const;
      return new Intl.DateTimeFormat(language, shape).format(at * 1_000);
    }
  }, [points, from, until, width, theme, language, t]);
  return <div ref={host} className="chart" aria-hidden="true" />;
}

/** The canvas knows no tokens: their colours, as they are in the theme shown. */
function coloursOf(element: HTMLElement): Record<'accent' | 'degraded' | 'line' | 'soft', string> {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    accent: read('accent'),
    degraded: read('degraded-line'),
    line: read('line'),
    soft: read('soft'),
  };
  probe.remove();
  return colours;
}

const messages = defineMessages({
  time: { en: 'Time', fr: 'Heure' },
  average: { en: 'Average', fr: 'Moyenne' },
  longest: { en: 'Longest', fr: 'Maximum' },
});
