import { readDuration } from './duration-text.ts';
import { readNumber } from './number-text.ts';
import type { AnnotationRule, Expected, ExpectedSeries, Range, TextRule } from './script.ts';
import { ScriptError } from './script.ts';
import { readSequence } from './sequence.ts';
import { readSeriesLine, unquote } from './series-line.ts';

const MATRIX = /^expect\s+range\s+vector\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)$/;
const STRING = /^expect\s+string\s+(.+)$/;
const EXPECT = /^expect\s+(fail|warn|info|no_warn|no_info|ordered)(?:\s+(msg|regex)\s*:\s*(.+))?$/;
const OLD_FAILURE = /^expected_fail_(message|regexp)\s+(.+)$/;

const ANYTHING: TextRule = { text: 'anything', matches: () => true };

type Annotations = { -readonly [kind in 'fail' | 'warn' | 'info']: TextRule[] };

/** Collects what the lines below an `eval` say. */
export class Expectations {
  readonly #rules: Annotations = { fail: [], warn: [], info: [] };
  readonly #forbidden = new Set<string>();
  #ordered: boolean;
  #matrix: Range | null = null;
  #string: string | null = null;
  #scalar: number | null = null;
  readonly #series = new Map<string, ExpectedSeries>();

  /** The old word of the `eval` itself, as in `eval_fail`. */
  constructor(word: string | undefined) {
    this.#ordered = word === 'ordered';
    if (word === 'fail' || word === 'warn' || word === 'info') this.#rules[word].push(ANYTHING);
  }

  /** @throws {RangeError | ScriptError} when the line is none. */
  add(line: string): void {
    if (!(this.#addOther(line) || this.#addRule(line) || this.#addScalar(line))) this.#addSeries(line);
  }

  #addOther(line: string): boolean {
    const [, from, to, step] = MATRIX.exec(line) ?? [];
    const [, string] = STRING.exec(line) ?? [];
    if (from !== undefined && to !== undefined && step !== undefined) this.#matrix = rangeOf(from, to, step);
    else if (string !== undefined) this.#string = unquote(string);
    return from !== undefined || string !== undefined;
  }

  #addRule(line: string): boolean {
    const [, what, kind, text] = EXPECT.exec(line) ?? oldFailure(line);
    if (what === undefined) return false;
    if (what === 'fail' || what === 'warn' || what === 'info') this.#rules[what].push(ruleOf(kind, text));
    else if (text !== undefined) throw new RangeError(`${what} takes no text`);
    else if (what === 'ordered') this.#ordered = true;
    else this.#forbidden.add(what);
    return true;
  }

  #addScalar(line: string): boolean {
    const value = readNumber(line);
    if (value !== undefined) this.#scalar = value;
    return value !== undefined;
  }

  #addSeries(line: string): void {
    if (/^expect(?:ed_|\s)/.test(line)) throw new RangeError(`unknown expectation: ${line}`);
    const { labels, starts, values } = readSeriesLine(line);
    if (starts) throw new RangeError('start timestamps are loaded, not expected');
    this.#series.set(labels.key, { labels, items: readSequence(values) });
  }

  /** @throws {ScriptError} when they contradict each other. */
  done(line: number, instant: boolean): Expected {
    const series = [...this.#series.values()];
    const single = instant && this.#matrix === null;
    if (single && series.some(({ items }) => items.length !== 1))
      throw new ScriptError(line, 'an instant query gives one value for each series');
    if (
      !instant &&
      (this.#ordered || this.#matrix !== null || this.#string !== null || this.#scalar !== null)
    )
      throw new ScriptError(line, 'a range query gives a matrix, sorted by labels');
    return {
      failure: this.#rules.fail.length === 0 ? null : this.#rules.fail,
      warnings: annotationRule(this.#rules.warn, this.#forbidden.has('no_warn')),
      infos: annotationRule(this.#rules.info, this.#forbidden.has('no_info')),
      ordered: this.#ordered,
      matrix: this.#matrix,
      string: this.#string,
      scalar: this.#scalar,
      series,
    };
  }
}

/** @throws {RangeError} when a time is none, or there is no step. */
export function rangeOf(from: string, to: string, step: string): Range {
  const range: Range = {
    kind: 'range',
    start: readDuration(from),
    end: readDuration(to),
    step: readDuration(step),
  };
  if (range.step <= 0 || range.end < range.start)
    throw new RangeError('a range has steps and an end behind its start');
  return range;
}

/** The lines that `expect fail msg:` and `expect fail regex:` came from. */
function oldFailure(line: string): readonly (string | undefined)[] {
  const [, kind, text] = OLD_FAILURE.exec(line) ?? [];
  return kind === undefined ? [] : [line, 'fail', kind === 'message' ? 'msg' : 'regex', text];
}

function ruleOf(kind: string | undefined, text: string | undefined): TextRule {
  if (text === undefined) return ANYTHING;
  if (kind === 'msg') return { text: `msg ${text}`, matches: (message) => message === text };
  const expression = new RegExp(text, 'u');
  return { text: `regex ${text}`, matches: (message) => expression.test(message) };
}

function annotationRule(rules: readonly TextRule[], forbidden: boolean): AnnotationRule {
  if (forbidden) return { kind: 'none' };
  return rules.length === 0 ? { kind: 'any' } : { kind: 'some', rules };
}
