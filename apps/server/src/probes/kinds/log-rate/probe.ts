import { hostname } from 'node:os';
import { z } from 'zod';
import { compileRe2 } from '../../../re2.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { localPath, openAllowed } from '../../local-files.ts';
import { type Place, readTail, type Tail } from './tail.ts';

const MOST_PATTERNS = 20;
/** Characters of an expression. */
const PATTERN_LENGTH = 500;
/** Bytes of one run: what a second or two of matching takes. */
const READ_LIMIT = 16 * 1_048_576;

const settings = z.strictObject({
  file: localPath().meta({
    title: 'File',
    title_fr: 'Fichier',
    description: 'As this server sees it, its whole path',
    description_fr: 'Vu de ce serveur, son chemin complet',
  }),
  patterns: z
    .record(
      z.string().min(1).max(100),
      z.string().min(1).max(PATTERN_LENGTH).refine(isRe2, { error: 'is not an RE2 expression' }),
    )
    .refine((given) => Object.keys(given).length >= 1 && Object.keys(given).length <= MOST_PATTERNS, {
      error: `must hold 1 to ${MOST_PATTERNS} patterns`,
    })
    .meta({
      title: 'Patterns',
      title_fr: 'Motifs',
      description: 'Name: RE2 expression that part of a line must match',
      description_fr: 'Nom : expression RE2 à laquelle une partie de la ligne doit correspondre',
    }),
});

function isRe2(pattern: string): boolean {
  try {
    return compileRe2(pattern) !== null;
  } catch {
    return false;
  }
}

/** What a run leaves to the next. */
interface Progress {
  place: Place;
  lines: number;
  skipped: number;
  matches: Map<string, number>;
}

/** How many lines match, of those that were written to a file of the server's machine since the last run. */
export const logRate = defineProbe({
  kind: 'log-rate',
  title: 'Log file',
  local: true,
  interval: 60,
  timeout: 10,
  settings,
  thresholds: [{ metric: 'log_pattern_matches', op: '>', warning: 0 }],
  instance: ({ file }) => `${hostname()}:${file}`,
  async probe({ file, patterns }, run) {
    const expressions = Object.entries(patterns).map(([name, text]) => [name, compileRe2(text)] as const);
    const counts = new Map(Object.keys(patterns).map((name) => [name, 0]));
    const before = progressOf(run.memory);
    let lines = 0;
    const tail = await run.phase('read', async () => {
      await using opened = await openAllowed(file);
      return await readTail(opened, before?.place ?? null, READ_LIMIT, (line) => {
        if (run.signal.aborted) return;
        lines++;
        for (const [name, expression] of expressions) {
          if (expression.matcher(line).find()) counts.set(name, (counts.get(name) ?? 0) + 1);
        }
      });
    });
    // A run whose time is over measures nothing: its lines are read again.
    run.signal.throwIfAborted();
    measure(advanced(before, tail, lines, counts), lines, counts, run);
    run.detail('read_from', tail.anew ?? 'where the last run ended');
  },
});

function isProgress(value: unknown): value is Progress {
  return typeof value === 'object' && value !== null && 'place' in value && 'matches' in value;
}

function progressOf(memory: Map<string, unknown>): Progress | null {
  const value = memory.get('progress');
  return isProgress(value) ? value : null;
}

function advanced(before: Progress | null, tail: Tail, lines: number, counts: Map<string, number>): Progress {
  const total = (name: string, count: number): number => (before?.matches.get(name) ?? 0) + count;
  return {
    place: tail.place,
    lines: (before?.lines ?? 0) + lines,
    skipped: (before?.skipped ?? 0) + tail.skipped,
    matches: new Map([...counts].map(([name, count]) => [name, total(name, count)])),
  };
}

function measure(progress: Progress, lines: number, counts: Map<string, number>, run: ProbeRun): void {
  run.memory.set('progress', progress);
  run.measure('log_lines_total', progress.lines);
  run.measure('log_skipped_bytes_total', progress.skipped);
  for (const [pattern, count] of counts) {
    run.measure('log_pattern_matches', count, { pattern });
    run.measure('log_pattern_matches_total', progress.matches.get(pattern) ?? 0, { pattern });
  }
  run.detail('lines', lines);
  run.detail('matches', Object.fromEntries(counts));
}
