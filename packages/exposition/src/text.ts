import { Cursor } from './cursor.ts';
import { readFloat } from './float.ts';
import { SampleReader } from './series-reader.ts';
import type { ExpositionSink, MetricType } from './sink.ts';

/** The latest time that Prometheus reads: what is past the clock is refused one by one, not with the whole text. */
const LATEST = 2 ** 63;

/** The types that the text format has, and what they are called here. */
const TYPES: ReadonlyMap<string, MetricType> = new Map([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['summary', 'summary'],
  ['untyped', 'unknown'],
]);

/**
 * Reads Prometheus' text format (0.0.4 and 1.0.0). A last line without its line feed is read as well: whether that is
 * allowed is up to who received it.
 * @throws {ExpositionError} with the first line that is none of the format; `sink` has seen what is before it.
 */
export function readText(text: string, sink: ExpositionSink): void {
  const cursor = new Cursor(text);
  const types = new Map<string, MetricType>();
  const sample = new SampleReader(types, true);
  while (!cursor.atEnd) {
    cursor.skipBlanks();
    if (cursor.take('#')) readComment(cursor, sink, types);
    else if (!cursor.atLineEnd) readSample(cursor, sample, sink);
    cursor.nextLine();
  }
}

function readSample(cursor: Cursor, sample: SampleReader, sink: ExpositionSink): void {
  sample.readSeries(cursor);
  cursor.skipBlanks();
  sample.value = readValue(cursor);
  cursor.skipBlanks();
  sample.timestamp = cursor.atLineEnd ? null : readTimestamp(cursor);
  cursor.skipBlanks();
  sink.sample(sample);
}

function readValue(cursor: Cursor): number {
  const word = cursor.word();
  return readFloat(word) ?? cursor.fail(`expected a value, found ${JSON.stringify(word)}`);
}

function readTimestamp(cursor: Cursor): number {
  const word = cursor.word();
  if (!/^\d+$/.test(word) || Number(word) > LATEST)
    cursor.fail(`expected a timestamp in milliseconds, found ${JSON.stringify(word)}`);
  return Number(word);
}

function readComment(cursor: Cursor, sink: ExpositionSink, types: Map<string, MetricType>): void {
  const from = cursor.at;
  cursor.skipBlanks();
  const keyword = cursor.at > from ? cursor.word() : '';
  // The word alone on its line is a comment like any other.
  if ((keyword !== 'HELP' && keyword !== 'TYPE') || cursor.atLineEnd) {
    cursor.rest();
    return;
  }
  cursor.skipBlanks();
  const family = cursor.text[cursor.at] === '"' ? cursor.quoted() : cursor.name(true);
  if (family === '') cursor.fail(`expected the name of a metric after ${keyword}, found ${cursor.found()}`);
  cursor.skipBlanks();
  const text = cursor.rest();
  if (keyword === 'HELP') sink.help?.(family, unescapeHelp(text));
  else readType(cursor, family, text, sink, types);
}

function readType(
  cursor: Cursor,
  family: string,
  text: string,
  sink: ExpositionSink,
  types: Map<string, MetricType>,
): void {
  const type = TYPES.get(text.trimEnd()) ?? cursor.fail(`invalid metric type ${JSON.stringify(text)}`);
  types.set(family, type);
  sink.type?.(family, type);
}

function unescapeHelp(text: string): string {
  return text.replace(/\\([\\n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
