import 'uplot/dist/uPlot.min.css';
import './time-chart.css';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useLanguage, useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { CLOCK, durationText } from '../i18n/time.ts';
import { useThemeChange } from '../shell/theme-change.ts';

/** CSS pixels. */
const HEIGHT = 190;
/** Seconds shown below which marks of the same minute are told apart. */
const FINE = 600;
/** CSS pixels that the times keep from the axis, and from one another at least: those with seconds are 60 wide. */
const MARKS = { gap: 10, space: 84 } as const;

/** How a line is drawn: what matters, what stands beside it, what went wrong (points alone). */
type LineLook = 'main' | 'other' | 'bad';

export interface ChartLine {
  label: string;
  look: LineLook;
  /** Seconds, one for each time; null = none then. */
  values: readonly (number | null)[];
}

export interface TimeChartProps {
  /** Epoch seconds, rising. */
  times: readonly number[];
  lines: readonly ChartLine[];
  /** Epoch seconds. */
  from: number;
  until: number;
}

/** Lengths of time over time, drawn anew when the theme changes. */
export function TimeChart({ times, lines, from, until }: TimeChartProps) {
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
    const chart = new uPlot(
      {
        width,
        height: HEIGHT,
        scales: { x: { range: () => [from, until] }, y: { range: (_, __, most) => [0, most * 1.1] } },
        axes: [
          {
            ...axis,
            gap: MARKS.gap,
            space: MARKS.space,
            values: (_, marks) => marks.map((at, index) => timeText(at, marks[index - 1])),
          },
          {
            ...axis,
            size: 70,
            values: (_, values) => values.map((value) => durationText(value, language, 'narrow')),
          },
        ],
        series: [
          { label: t(messages.time), value: (_, at: number | null) => (at === null ? '' : wholeText(at)) },
          ...lines.map(({ label, look }) => ({
            label,
            value: (_: uPlot, value: number | null) => seconds(value),
            ...strokeOf(look, colours),
          })),
        ],
      },
      [[...times], ...lines.map(({ values }) => [...values])],
      element,
    );
    return () => chart.destroy();

    function timeText(at: number, before: number | undefined): string {
      const date = new Date(at * 1_000);
      const sameDay = before !== undefined && new Date(before * 1_000).toDateString() === date.toDateString();
      const midnight = date.getHours() === 0 && date.getMinutes() === 0;
      const second = until - from < FINE ? ({ second: '2-digit' } as const) : {};
      const clock = { hour: '2-digit', minute: '2-digit', ...second, ...CLOCK } as const;
      const shape = sameDay || !midnight ? clock : null;
      return new Intl.DateTimeFormat(language, shape ?? { day: 'numeric', month: 'short' }).format(date);
    }
    function wholeText(at: number): string {
      const shape = { dateStyle: 'medium', timeStyle: 'medium', ...CLOCK } as const;
      return new Intl.DateTimeFormat(language, shape).format(at * 1_000);
    }
  }, [times, lines, from, until, width, theme, language, t]);
  return <div ref={host} className="chart" aria-hidden="true" />;
}

type Colours = Record<'accent' | 'degraded' | 'down' | 'line' | 'soft', string>;

/** The canvas knows no tokens: their colours, as they are in the theme shown. */
function coloursOf(element: HTMLElement): Colours {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    accent: read('accent'),
    degraded: read('degraded-line'),
    down: read('down-line'),
    line: read('line'),
    soft: read('soft'),
  };
  probe.remove();
  return colours;
}

function strokeOf(look: LineLook, colours: Colours): Partial<uPlot.Series> {
  switch (look) {
    case 'main':
      return { stroke: colours.accent, width: 2, points: { size: 5 } };
    case 'other':
      return { stroke: colours.degraded, width: 1.5, dash: [5, 4], points: { size: 5 } };
    case 'bad':
      return {
        stroke: colours.down,
        paths: () => null,
        points: { show: true, size: 9, fill: colours.down },
      };
  }
}

const messages = defineMessages({
  time: { en: 'Time', fr: 'Heure' },
});
