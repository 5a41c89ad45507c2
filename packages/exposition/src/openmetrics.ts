import { Cursor } from './cursor.ts';
import { readFloat } from './float.ts';
import { readLabels } from './labels.ts';
import { SampleReader } from './series-reader.ts';
import { type Exemplar, type ExpositionSink, METRIC_TYPES, type MetricType } from './sink.ts';

/** Times farther off are as good as these, which nobody takes. */
const FARTHEST = 2 ** 63;

/**
 * Reads OpenMetrics 1.0: one blank between parts, no empty line, `# EOF` at the end and nothing behind it.
 * @throws {ExpositionError} with the first line that is none of the format; `sink` has seen what is before it.
 */
export function readOpenMetrics(text: string, sink: ExpositionSink): void {
  const cursor = new Cursor(text);
  const types = new Map<string, MetricType>();
  const sample = new SampleReader(types, false);
  for (;;) {
    if (cursor.atEnd) cursor.fail('data does not end with # EOF');
    if (cursor.take('#')) {
      if (readComment(cursor, sink, types)) return;
    } else readSample(cursor, sample, sink);
    if (cursor.atEnd) cursor.fail('data does not end with # EOF');
    cursor.nextLine();
  }
}

function readSample(cursor: Cursor, sample: SampleReader, sink: ExpositionSink): void {
  sample.readSeries(cursor);
  cursor.expect(' ');
  sample.value = readValue(cursor);
  sample.timestamp = null;
  sample.exemplar = null;
  if (cursor.take(' ')) readTail(cursor, sample);
  sink.sample(sample);
}

/** Behind the value: a timestamp, an exemplar, or both. */
function readTail(cursor: Cursor, sample: SampleReader): void {
  if (cursor.text[cursor.at] !== '#') {
    sample.timestamp = readSeconds(cursor);
    if (!cursor.take(' ')) return;
  }
  cursor.expect('#');
  cursor.expect(' ');
  sample.exemplar = readExemplar(cursor);
}

function readExemplar(cursor: Cursor): Exemplar {
  // An exemplar's labels have no name of a metric: one is given, and taken away again.
  const labels = readLabels(cursor, '-', false).slice(2);
  cursor.expect(' ');
  const value = readValue(cursor);
  const timestamp = cursor.take(' ') ? readSeconds(cursor) : null;
  return { labels, value, timestamp };
}

function readValue(cursor: Cursor): number {
  const word = cursor.word();
  return readFloat(word) ?? cursor.fail(`expected a value, found ${JSON.stringify(word)}`);
}

function readSeconds(cursor: Cursor): number {
  const word = cursor.word();
  const seconds = readFloat(word);
  if (seconds === undefined || !Number.isFinite(seconds))
    cursor.fail(`expected a timestamp in seconds, found ${JSON.stringify(word)}`);
  // Half a millisecond and below is cut off, as the original's conversion does.
  return Math.trunc(Math.max(-FARTHEST, Math.min(FARTHEST, seconds * 1000)));
}

/** @returns whether it was the end mark. */
function readComment(cursor: Cursor, sink: ExpositionSink, types: Map<string, MetricType>): boolean {
  cursor.expect(' ');
  const keyword = cursor.word();
  if (keyword === 'EOF') return readEnd(cursor);
  if (keyword !== 'HELP' && keyword !== 'TYPE' && keyword !== 'UNIT')
    cursor.fail(`expected HELP, TYPE, UNIT or EOF, found ${JSON.stringify(keyword)}`);
  cursor.expect(' ');
  const family = cursor.text[cursor.at] === '"' ? cursor.quoted() : cursor.name(true);
  if (family === '') cursor.fail(`expected the name of a metric after ${keyword}, found ${cursor.found()}`);
  if (!cursor.atLineEnd) cursor.expect(' ');
  readMetadata(cursor, keyword, family, sink, types);
  return false;
}

function readEnd(cursor: Cursor): true {
  if (!cursor.atEnd && !(cursor.code === 0x0a && cursor.at === cursor.text.length - 1))
    cursor.fail('unexpected data after # EOF');
  return true;
}

function readMetadata(
  cursor: Cursor,
  keyword: 'HELP' | 'TYPE' | 'UNIT',
  family: string,
  sink: ExpositionSink,
  types: Map<string, MetricType>,
): void {
  const text = cursor.rest();
  if (keyword === 'HELP') sink.help?.(family, unescapeHelp(text));
  else if (keyword === 'UNIT') {
    if (text !== '' && !family.endsWith(`_${text}`))
      cursor.fail(`unit ${JSON.stringify(text)} not a suffix of metric ${JSON.stringify(family)}`);
    sink.unit?.(family, text);
  } else {
    const type = METRIC_TYPES.find((each) => each === text);
    if (type === undefined) cursor.fail(`invalid metric type ${JSON.stringify(text)}`);
    types.set(family, type);
    sink.type?.(family, type);
  }
}

function unescapeHelp(text: string): string {
  return text.replace(/\\([\\"n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
