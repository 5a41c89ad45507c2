import { normaliseBounds } from './bounds.ts';
import { Cursor } from './cursor.ts';
import { readLabels } from './labels.ts';
import type { Exemplar, MetricType, TextSample } from './sink.ts';

/**
 * The sample that a reading hands over, the same object each time: it notes where the series stands, and reads its
 * labels only for who asks.
 */
export class SampleReader implements TextSample {
  series = '';
  value = 0;
  timestamp: number | null = null;
  exemplar: Exemplar | null = null;
  readonly #types: ReadonlyMap<string, MetricType>;
  readonly #blanks: boolean;
  #line = 0;

  constructor(types: ReadonlyMap<string, MetricType>, blanks: boolean) {
    this.#types = types;
    this.#blanks = blanks;
  }

  /** Goes over name and labels at the cursor. */
  readSeries(cursor: Cursor): void {
    const from = cursor.at;
    const name = cursor.name(true);
    const end = cursor.at;
    if (this.#blanks) cursor.skipBlanks();
    const braced = cursor.text[cursor.at] === '{';
    if (!braced && name === '') cursor.fail(`expected the name of a metric, found ${cursor.found()}`);
    if (braced) cursor.skipLabels();
    this.series = cursor.text.slice(from, braced ? cursor.at : end);
    this.#line = cursor.line;
  }

  labels(): string[] {
    // A copy of its own: a part of the text, kept by who keeps labels, would keep all of it in memory.
    this.series = Buffer.from(this.series, 'utf16le').toString('utf16le');
    const cursor = new Cursor(this.series, 0, this.#line);
    const name = cursor.name(true);
    if (this.#blanks) cursor.skipBlanks();
    const pairs = cursor.atEnd ? ['__name__', name] : readLabels(cursor, name, this.#blanks);
    normaliseBounds(pairs, this.#types);
    return pairs;
  }
}
