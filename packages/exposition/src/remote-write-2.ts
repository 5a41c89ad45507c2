import { readHistogram } from './histogram-wire.ts';
import { MessageReader, ProtobufError } from './protobuf.ts';
import { type Exemplar, METRIC_TYPES } from './sink.ts';
import { isStaleAt } from './wire-stale.ts';
import type { WireLabels, WriteSink } from './write-sink.ts';

/** Stands between the parts of a key: half a surrogate pair, which no text of the wire holds. */
const SEPARATOR = '\udfff';

/** Characters of one series' labels: a number of one byte may stand for a long text. */
const MOST_LABELS_LENGTH = 128 * 1024;

/**
 * Reads a Request of remote write 2.0, decompressed.
 * @throws {ProtobufError} when it is malformed or refers to a symbol it has not; `sink` has seen what is before that.
 */
export function readWriteRequest2(bytes: Uint8Array, sink: WriteSink): void {
  const symbols = readSymbols(bytes);
  const request = new MessageReader(bytes);
  while (request.next())
    if (request.field === 5) readSeries(request.message(), symbols, sink);
    else request.skip();
}

/** Texts that series refer to by number; they may stand anywhere in the request. */
class Symbols {
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    if (texts[0] !== '') throw new ProtobufError('malformed protobuf: the first symbol is not empty');
    this.#texts = texts;
  }

  at(index: number): string {
    const text = this.#texts[index];
    if (text === undefined)
      throw new ProtobufError(`malformed protobuf: symbol ${index} of ${this.#texts.length} is referred to`);
    return text;
  }

  /** The texts of a list of numbers. */
  list(indexes: readonly number[]): string[] {
    if (indexes.length % 2 !== 0) throw new ProtobufError('malformed protobuf: a label without a value');
    const texts = indexes.map((index) => this.at(index));
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    if (length > MOST_LABELS_LENGTH)
      throw new ProtobufError(`malformed protobuf: labels of ${length} characters`);
    return texts;
  }
}

function readSymbols(bytes: Uint8Array): Symbols {
  const request = new MessageReader(bytes);
  const texts: string[] = [];
  while (request.next())
    if (request.field === 4) texts.push(request.text());
    else request.skip();
  return new Symbols(texts);
}

function readSeries(series: MessageReader, symbols: Symbols, sink: WriteSink): void {
  const labels = readLabels(series, symbols);
  sink.series(labels);
  while (series.next())
    if (series.field === 2) readSample(series.message(), sink);
    else if (series.field === 3) {
      const { histogram, stale, timestamp, startTimestamp } = readHistogram(series.message());
      sink.histogram(timestamp, histogram, stale, startTimestamp);
    } else if (series.field === 4) sink.exemplar?.(readExemplar(series.message(), symbols));
    else if (series.field === 5) readMetadata(series.message(), symbols, labels, sink);
    else series.skip();
}

/** Labels may stand behind samples: they are looked for first. */
function readLabels(series: MessageReader, symbols: Symbols): WireLabels {
  const look = new MessageReader(series.bytes, series.at, series.end);
  const refs: number[] = [];
  while (look.next())
    if (look.field === 1) look.packed((each) => refs.push(each.uint()));
    else look.skip();
  const pairs = symbols.list(refs);
  return { key: pairs.join(SEPARATOR), read: () => pairs };
}

function readSample(sample: MessageReader, sink: WriteSink): void {
  let [value, timestamp, startTimestamp] = [0, 0, 0];
  let stale = false;
  while (sample.next())
    if (sample.field === 1) {
      stale = isStaleAt(sample.bytes, sample.at);
      value = sample.double();
    } else if (sample.field === 2) timestamp = sample.int();
    else if (sample.field === 3) startTimestamp = sample.int();
    else sample.skip();
  sink.sample(timestamp, value, stale, startTimestamp);
}

function readExemplar(exemplar: MessageReader, symbols: Symbols): Exemplar {
  const refs: number[] = [];
  let [value, timestamp] = [0, 0];
  while (exemplar.next())
    if (exemplar.field === 1) exemplar.packed((each) => refs.push(each.uint()));
    else if (exemplar.field === 2) value = exemplar.double();
    else if (exemplar.field === 3) timestamp = exemplar.int();
    else exemplar.skip();
  return { labels: symbols.list(refs), value, timestamp };
}

function readMetadata(metadata: MessageReader, symbols: Symbols, labels: WireLabels, sink: WriteSink): void {
  let [type, help, unit] = [0, 0, 0];
  while (metadata.next())
    if (metadata.field === 1) type = metadata.uint();
    else if (metadata.field === 3) help = metadata.uint();
    else if (metadata.field === 4) unit = metadata.uint();
    else metadata.skip();
  const pairs = labels.read();
  const family = pairs[pairs.indexOf('__name__') + 1] ?? '';
  sink.metadata?.(family, METRIC_TYPES[type] ?? 'unknown', symbols.at(help), symbols.at(unit));
}
