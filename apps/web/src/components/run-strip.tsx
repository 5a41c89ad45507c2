import './run-strip.css';
import type { Run } from '@vigie/contract';
import { memo } from 'react';
import { useLanguage, useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { durationText } from '../i18n/time.ts';
import { type RunStore, useRuns } from './run-store.ts';

/** Units of the drawing: a bar with its gap, and the height of the tallest. */
const BAR = { width: 3, step: 4, height: 24, least: 5 } as const;
/** Runs that have room. */
const RUNS = 30;

/** The last runs of a check: a bar each, as high as it took long; a failed one is an exclamation mark. */
export const RunStrip = memo(function RunStrip({ store, id }: { store: RunStore; id: string }) {
  const t = useT();
  const language = useLanguage();
  const runs = useRuns(store, id);
  if (runs === undefined) return <span className="run-strip" />;
  const failed = runs.filter(({ kind }) => kind === 'fail').length;
  const last = runs.at(-1)?.duration ?? null;
  const text = [
    t(messages.runs, { count: runs.length, failed }),
    ...(last === null ? [] : [t(messages.last, { duration: durationText(last, language) })]),
  ].join(', ');
  return (
    <svg
      className="run-strip"
      viewBox={`0 0 ${RUNS * BAR.step} ${BAR.height}`}
      role="img"
      aria-label={text}
      focusable="false"
    >
      <title>{text}</title>
      <path className="run-none" d={`M0 ${BAR.height - 0.5}h${RUNS * BAR.step}`} />
      <path className="run-good" d={pathOf(runs, 'success')} />
      <path className="run-bad" d={pathOf(runs, 'fail')} />
    </svg>
  );
});

/** All bars of one outcome in one path: hundreds of rows are drawn while somebody scrolls. */
function pathOf(runs: readonly Run[], kind: Run['kind']): string {
  const shown = runs.slice(-RUNS);
  const longest = Math.max(...shown.map(({ duration }) => duration ?? 0));
  const offset = RUNS - shown.length;
  return shown
    .map((run, at) => {
      if (run.kind !== kind) return '';
      const x = (offset + at) * BAR.step;
      return kind === 'fail' ? markAt(x) : barAt(x, heightOf(run.duration, longest));
    })
    .join('');
}

function heightOf(duration: number | null, longest: number): number {
  if (duration === null || longest === 0) return BAR.least;
  return BAR.least + Math.round((duration / longest) * (BAR.height - BAR.least));
}

function barAt(x: number, height: number): string {
  return `M${x} ${BAR.height}v${-height}h${BAR.width}v${height}z`;
}

/** A stroke, and a dot below it. */
function markAt(x: number): string {
  return `M${x} 0h${BAR.width}v16h${-BAR.width}zM${x} 20h${BAR.width}v4h${-BAR.width}z`;
}

const messages = defineMessages({
  runs: {
    en: '{count, plural, =0 {No runs yet} one {One run} other {# last runs}}{failed, plural, =0 {} other {, # failed}}',
    fr: '{count, plural, =0 {Aucune exécution} one {Une exécution} other {# dernières exécutions}}{failed, plural, =0 {} one {, # échec} other {, # échecs}}',
  },
  last: { en: 'the last took {duration}', fr: 'durée de la dernière : {duration}' },
});
