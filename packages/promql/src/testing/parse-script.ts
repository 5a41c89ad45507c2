import type { Labels } from '@vigie/series';
import { readDuration } from './duration-text.ts';
import { Expectations, rangeOf } from './expectations.ts';
import { readNumber } from './number-text.ts';
import { type Command, type Evaluation, type Load, type LoadedSeries, ScriptError } from './script.ts';
import { readSequence } from './sequence.ts';
import { readSeriesLine } from './series-line.ts';
import { readStarts } from './start-sequence.ts';

const LOAD = /^load(_with_nhcb)?\s+(\S+)$/;
const INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(\S+)\s+)?(.+)$/;
const RANGE = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+)$/;

/**
 * Reads a conformance file: blocks of lines, each begun by `clear`, `load` or `eval` and ended by a blank line or
 * a comment. A block with a line that means nothing is `Unreadable`.
 */
export function parseScript(text: string): Command[] {
  return blocksOf(text).flatMap((block) => {
    try {
      return readBlock(block);
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      return [{ kind: 'unreadable', line: error.line, reason: error.message }];
    }
  });
}

interface Line {
  readonly number: number;
  readonly text: string;
}

function blocksOf(text: string): Line[][] {
  const blocks: Line[][] = [];
  let block: Line[] = [];
  const lines = text.split('\n').map((line) => line.trim());
  for (const [at, line] of [...lines, ''].entries()) {
    if (line !== '' && !line.startsWith('#')) block.push({ number: at + 1, text: line });
    else if (block.length > 0) {
      blocks.push(block);
      block = [];
    }
  }
  return blocks;
}

/** `clear` needs no blank line behind it, nor does an expected scalar. */
function readBlock([head, ...body]: readonly Line[]): Command[] {
  if (head === undefined) return [];
  return onLine(head, () => {
    if (head.text === 'clear') return [{ kind: 'clear', line: head.number }, ...readBlock(body)];
    const load = readLoad(head, body);
    if (load !== undefined) return [load];
    const last = body.findIndex(({ text }) => readNumber(text) !== undefined) + 1 || body.length;
    return [readEvaluation(head, body.slice(0, last)), ...readBlock(body.slice(last))];
  });
}

function readLoad(head: Line, body: readonly Line[]): Load | undefined {
  const [, custom, step] = LOAD.exec(head.text) ?? [];
  if (step === undefined) return undefined;
  return {
    kind: 'load',
    line: head.number,
    step: readDuration(step),
    customBuckets: custom !== undefined,
    series: readLoadedSeries(body),
  };
}

function readLoadedSeries(body: readonly Line[]): LoadedSeries[] {
  const series: LoadedSeries[] = [];
  let waiting: { labels: Labels; starts: (number | null)[]; line: Line } | undefined;
  for (const line of body) {
    onLine(line, () => {
      const { labels, starts, values } = readSeriesLine(line.text);
      if (starts) {
        waiting = { labels, starts: readStarts(values), line };
        return;
      }
      const own = waiting?.labels.equals(labels) ? waiting.starts : [];
      if (waiting !== undefined && own !== waiting.starts)
        throw new RangeError('start timestamps precede their series');
      waiting = undefined;
      series.push({ labels, items: readSequence(values), starts: own });
    });
  }
  if (waiting !== undefined)
    throw new ScriptError(waiting.line.number, 'start timestamps precede their series');
  return series;
}

function readEvaluation(head: Line, body: readonly Line[]): Evaluation {
  const [, instantWord, time, instantExpression] = INSTANT.exec(head.text) ?? [];
  const [, rangeWord, from = '', to = '', step = '', rangeExpression] = RANGE.exec(head.text) ?? [];
  const expression = instantExpression ?? rangeExpression;
  if (expression === undefined) throw new RangeError(`unknown command: ${head.text}`);
  const instant = instantExpression !== undefined;
  const expectations = new Expectations(instantWord ?? rangeWord);
  for (const line of body) onLine(line, () => expectations.add(line.text));
  return {
    kind: 'evaluation',
    line: head.number,
    expression,
    at: instant ? { kind: 'instant', time: readDuration(time ?? '0') } : rangeOf(from, to, step),
    expected: expectations.done(head.number, instant),
  };
}

/** Says on which line it was that something could not be read. */
function onLine<T>(line: Line, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ScriptError || !(error instanceof Error)) throw error;
    throw new ScriptError(line.number, error.message);
  }
}
