import { readHistogram } from './histogram-wire.ts';
import { MessageReader } from './protobuf.ts';
import { type Exemplar, METRIC_TYPES } from './sink.ts';
import { isStaleAt } from './wire-stale.ts';
import type { WireLabels, WriteSink } from './write-sink.ts';

/**
 * Reads a WriteRequest of remote write 1.0, decompressed.
 * @throws {ProtobufError} when it is malformed; `sink` has seen what is before that.
 */
export function readWriteRequest(bytes: Uint8Array, sink: WriteSink): void {
  const request = new MessageReader(bytes);
  const labels = new LabelBytes();
  while (request.next()) {
    if (request.field === 1) readSeries(request.message(), labels, sink);
    else if (request.field === 3) readMetadata(request.message(), sink);
    else request.skip();
  }
}

function readSeries(series: MessageReader, labels: LabelBytes, sink: WriteSink): void {
  labels.find(series);
  sink.series(labels);
  while (series.next()) {
    if (series.field === 2) readSample(series.message(), sink);
    else if (series.field === 3) sink.exemplar?.(readExemplar(series.message()));
    else if (series.field === 4) {
      const { histogram, stale, timestamp, startTimestamp } = readHistogram(series.message());
      sink.histogram(timestamp, histogram, stale, startTimestamp);
    } else series.skip();
  }
}

function readSample(sample: MessageReader, sink: WriteSink): void {
  let [value, timestamp] = [0, 0];
  let stale = false;
  while (sample.next()) {
    if (sample.field === 1) {
      stale = isStaleAt(sample.bytes, sample.at);
      value = sample.double();
    } else if (sample.field === 2) timestamp = sample.int();
    else sample.skip();
  }
  sink.sample(timestamp, value, stale, 0);
}

function readExemplar(exemplar: MessageReader): Exemplar {
  const labels: string[] = [];
  let [value, timestamp] = [0, 0];
  while (exemplar.next()) {
    if (exemplar.field === 1) labels.push(...readLabel(exemplar.message()));
    else if (exemplar.field === 2) value = exemplar.double();
    else if (exemplar.field === 3) timestamp = exemplar.int();
    else exemplar.skip();
  }
  return { labels, value, timestamp };
}

function readMetadata(metadata: MessageReader, sink: WriteSink): void {
  let type = 0;
  const texts = { 2: '', 4: '', 5: '' };
  while (metadata.next()) {
    const { field } = metadata;
    if (field === 1) type = metadata.uint();
    else if (field === 2 || field === 4 || field === 5) texts[field] = metadata.text();
    else metadata.skip();
  }
  sink.metadata?.(texts[2], METRIC_TYPES[type] ?? 'unknown', texts[4], texts[5]);
}

function readLabel(label: MessageReader): [name: string, value: string] {
  let [name, value] = ['', ''];
  while (label.next()) {
    if (label.field === 1) name = label.text();
    else if (label.field === 2) value = label.text();
    else label.skip();
  }
  return [name, value];
}

/** The labels of the series at hand, as the bytes that say them: read once for each series a receiver does not know. */
class LabelBytes implements WireLabels {
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #end = 0;
  #key: string | undefined;

  /** Finds the labels of a series: as good as always they lie together at its beginning. */
  find(series: MessageReader): void {
    this.#key = undefined;
    const look = new MessageReader(series.bytes, series.at, series.end);
    const from = series.at;
    let end = from;
    let apart = false;
    for (let fieldFrom = look.at; look.next(); fieldFrom = look.at) {
      look.skip();
      if (look.field !== 1) continue;
      if (fieldFrom !== end) apart = true;
      end = look.at;
    }
    if (apart) this.#gather(series);
    else [this.#bytes, this.#from, this.#end] = [series.bytes, from, end];
  }

  get key(): string {
    this.#key ??= Buffer.from(
      this.#bytes.buffer,
      this.#bytes.byteOffset + this.#from,
      this.#end - this.#from,
    ).toString('latin1');
    return this.#key;
  }

  read(): string[] {
    const labels = new MessageReader(this.#bytes, this.#from, this.#end);
    const pairs: string[] = [];
    while (labels.next()) pairs.push(...readLabel(labels.message()));
    return pairs;
  }

  /** Brings labels together that other fields stand between. */
  #gather(series: MessageReader): void {
    const look = new MessageReader(series.bytes, series.at, series.end);
    const parts: Uint8Array[] = [];
    for (let from = look.at; look.next(); from = look.at) {
      look.skip();
      if (look.field === 1) parts.push(series.bytes.subarray(from, look.at));
    }
    this.#bytes = Buffer.concat(parts);
    this.#from = 0;
    this.#end = this.#bytes.length;
  }
}
