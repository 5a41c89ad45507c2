import './history.css';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { StateShape } from '../../components/status.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { CLOCK, durationText } from '../../i18n/time.ts';
import { barHeights, type EndedRun, RUNS_SHOWN } from './runs.ts';

/** Units of the drawing: the height of the bars, the room below for the marks of failures, and one bar's width. */
const DRAWN = { height: 64, marks: 10, step: 8, bar: 6 } as const;

interface RunBarsProps {
  runs: readonly EndedRun[];
  onOpen(n: number): void;
}

/**
 * Runs as bars: as high as they took, a failure also by its mark. One run at a time is told below: the one under
 * the pointer, or the one that the arrow keys chose; Enter or a click opens it.
 */
export function RunBars({ runs, onOpen }: RunBarsProps) {
  const t = useT();
  const say = useRunText();
  const [chosen, setChosen] = useState<number | null>(null);
  const last = runs.length - 1;
  const at = Math.min(Math.max(chosen ?? last, 0), last);
  const run = runs[at];
  if (run === undefined) return null;
  const runAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    return Math.min(Math.max(Math.floor(part * RUNS_SHOWN) - (RUNS_SHOWN - runs.length), 0), last);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = MOVES[event.key]?.(at, last);
    if (target !== undefined) setChosen(Math.min(Math.max(target, 0), last));
    else if (event.key === 'Enter') onOpen(run.n);
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <div
        className="run-bars"
        role="slider"
        tabIndex={0}
        aria-label={t(messages.label)}
        aria-valuemin={1}
        aria-valuemax={runs.length}
        aria-valuenow={at + 1}
        aria-valuetext={say(run)}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setChosen(runAt(event))}
        onPointerLeave={() => setChosen(null)}
        onPointerUp={(event) => {
          const touched = runs[runAt(event)];
          if (touched !== undefined) onOpen(touched.n);
        }}
      >
        <Bars runs={runs} at={chosen === null ? null : at} />
      </div>
      <p className="run-told" aria-hidden="true">
        <StateShape look={run.failed ? 'down' : 'up'} size={14} />
        {say(run)}
      </p>
    </div>
  );
}

/** Keys that choose another run. */
const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at - 1,
  ArrowUp: (at) => at + 1,
  PageUp: (at) => at + 10,
  PageDown: (at) => at - 10,
  Home: () => 0,
  End: (_, last) => last,
};

function Bars({ runs, at }: { runs: readonly EndedRun[]; at: number | null }) {
  const heights = barHeights(runs);
  const empty = RUNS_SHOWN - runs.length;
  const { height, marks, step, bar } = DRAWN;
  return (
    <svg viewBox={`0 0 ${RUNS_SHOWN * step} ${height + marks}`} preserveAspectRatio="none" aria-hidden="true">
      {runs.map(({ n, failed }, index) => {
        const x = (empty + index) * step;
        const tall = (heights[index] ?? 0) * height;
        return (
          <g key={n} className={failed ? 'run run-failed' : 'run'} data-chosen={index === at || undefined}>
            <rect x={x} y={height - tall} width={bar} height={tall} />
            {failed && <rect x={x} y={height + 4} width={bar} height={marks - 5} />}
          </g>
        );
      })}
    </svg>
  );
}

/** A run in a line: when, how, how long. */
function useRunText(): (run: EndedRun) => string {
  const t = useT();
  const language = useLanguage();
  return ({ at, failed, duration, exitstatus }) => {
    const when = new Intl.DateTimeFormat(language, {
      dateStyle: 'medium',
      timeStyle: 'medium',
      ...CLOCK,
    }).format(Date.parse(at));
    const how = failed
      ? exitstatus === null
        ? t(messages.failed)
        : t(messages.exit, { status: exitstatus })
      : t(messages.succeeded);
    const long = duration === null ? t(messages.unknown) : durationText(duration, language);
    return `${when} · ${how} · ${long}`;
  };
}

const messages = defineMessages({
  label: {
    en: 'Runs, oldest to newest; Enter opens one',
    fr: 'Exécutions, de la plus ancienne à la plus récente ; Entrée en ouvre une',
  },
  failed: { en: 'failed', fr: 'échec' },
  exit: { en: 'failed with exit status {status}', fr: 'échec, code de sortie {status}' },
  succeeded: { en: 'succeeded', fr: 'succès' },
  unknown: { en: 'duration not known', fr: 'durée inconnue' },
});
