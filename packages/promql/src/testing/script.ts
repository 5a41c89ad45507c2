import type { Labels } from '@vigie/series';
import type { SequenceItem } from './sequence.ts';

/** A conformance file that cannot be read; the message says what is wrong with the line. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/** What a conformance file says, in its order. Lines count from 1, times are epoch milliseconds. */
export type Command = Clear | Load | Evaluation | Unreadable;

/** Lines that mean nothing: a failure of the file, which keeps nobody from the rest of it. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly line: number;
  readonly reason: string;
}

export interface Clear {
  readonly kind: 'clear';
  readonly line: number;
}

export interface Load {
  readonly kind: 'load';
  readonly line: number;
  /** The time between two items. */
  readonly step: number;
  /** Native histograms with custom buckets are made of the classic ones, too. */
  readonly customBuckets: boolean;
  readonly series: readonly LoadedSeries[];
}

export interface LoadedSeries {
  readonly labels: Labels;
  readonly items: readonly SequenceItem[];
  /** When the counters behind the samples began, milliseconds from each one's own time; null is unknown. */
  readonly starts: readonly (number | null)[];
}

export interface Evaluation {
  readonly kind: 'evaluation';
  readonly line: number;
  readonly expression: string;
  readonly at: Instant | Range;
  readonly expected: Expected;
}

export interface Instant {
  readonly kind: 'instant';
  readonly time: number;
}

export interface Range {
  readonly kind: 'range';
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** What an evaluation has to give. */
export interface Expected {
  /** Null unless the query has to fail; then what its error has to say, which may be nothing in particular. */
  readonly failure: readonly TextRule[] | null;
  readonly warnings: AnnotationRule;
  readonly infos: AnnotationRule;
  /** The series come in this order. */
  readonly ordered: boolean;
  /** An instant query gives a matrix with points at these times. */
  readonly matrix: Range | null;
  readonly string: string | null;
  readonly scalar: number | null;
  readonly series: readonly ExpectedSeries[];
}

export interface ExpectedSeries {
  readonly labels: Labels;
  readonly items: readonly SequenceItem[];
}

/** Whether annotations have to be there: any that fit the rules, none, or nobody asks. */
export type AnnotationRule =
  | { readonly kind: 'any' }
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly rules: readonly TextRule[] };

/** What a message has to be: a whole text, what an expression finds, or whatever it is. */
export interface TextRule {
  readonly text: string;
  matches(message: string): boolean;
}
