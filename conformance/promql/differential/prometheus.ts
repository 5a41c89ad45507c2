import { Labels, StaleBits } from '@vigie/series';
import { snappy } from '../../../packages/exposition/src/index.ts';
import { MessageWriter } from '../../../packages/exposition/src/testing/message-writer.ts';
import type { Outcome, OutcomeSeries } from '../../../packages/promql/src/testing/outcome.ts';
import type { Answer } from './answer.ts';
import type { DataSample, DataSeries } from './data.ts';
import type { RandomQuery } from './expressions/random-query.ts';

/** A Prometheus 2.42 that takes remote writes. */
export class RealEngine {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws when it does not take them. */
  async write(series: readonly DataSeries[]): Promise<void> {
    const request = new MessageWriter();
    for (const each of series) request.message(1, (message) => writeSeries(message, each));
    const response = await fetch(`${this.#url}/api/v1/write`, {
      method: 'POST',
      body: snappy(request.bytes),
      headers: { 'Content-Encoding': 'snappy', 'Content-Type': 'application/x-protobuf' },
    });
    if (!response.ok) throw new Error(`remote write: ${response.status} ${await response.text()}`);
  }

  instant({ text, time }: Pick<RandomQuery, 'text' | 'time'>): Promise<Answer> {
    return this.#ask('query', { query: of2(text), time: seconds(time) });
  }

  range({ text, start, end, step }: Omit<RandomQuery, 'time'>): Promise<Answer> {
    const times = { start: seconds(start), end: seconds(end), step: seconds(step) };
    return this.#ask('query_range', { query: of2(text), ...times });
  }

  async #ask(path: string, parameters: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams(parameters);
    const response = await fetch(`${this.#url}/api/v1/${path}`, { method: 'POST', body });
    const answer: ApiAnswer = JSON.parse(await response.text());
    if (answer.status === 'success') return { outcome: outcomeOf(answer.data), error: null };
    return { outcome: null, error: { type: answer.errorType, message: answer.error } };
  }
}

/** The names that 2.42 has for what 3.x calls otherwise. */
function of2(text: string): string {
  return text.replaceAll('double_exponential_smoothing', 'holt_winters');
}

function seconds(milliseconds: number): string {
  return String(milliseconds / 1000);
}

function writeSeries(message: MessageWriter, { labels, samples }: DataSeries): void {
  for (const [name, value] of Labels.of(labels).entries())
    message.message(1, (label) => label.text(1, name).text(2, value));
  for (const { time, value } of samples)
    message.message(2, (sample) => sample.fixed64(1, wireFloat(value)).varint(2, time));
}

function wireFloat(value: DataSample['value']): Uint8Array {
  const column = new Float64Array([value ?? 0]);
  const bits = new StaleBits(column);
  if (value === null) bits.mark(0);
  else if (Number.isNaN(value)) bits.markNaN(0);
  return new Uint8Array(column.buffer);
}

type ApiAnswer =
  | { readonly status: 'success'; readonly data: ApiData }
  | { readonly status: 'error'; readonly errorType: string; readonly error: string };

type ApiPoint = readonly [seconds: number, value: string];
type ApiMetric = Readonly<Record<string, string>>;

type ApiData =
  | { readonly resultType: 'scalar' | 'string'; readonly result: ApiPoint }
  | { readonly resultType: 'vector'; readonly result: readonly { metric: ApiMetric; value: ApiPoint }[] }
  | { readonly resultType: 'matrix'; readonly result: readonly { metric: ApiMetric; values: ApiPoint[] }[] };

function outcomeOf(data: ApiData): Outcome {
  switch (data.resultType) {
    case 'scalar':
      return { type: 'scalar', value: floatOf(data.result[1]) };
    case 'string':
      return { type: 'string', value: data.result[1] };
    case 'vector':
      return { type: 'vector', series: data.result.map(({ metric, value }) => seriesOf(metric, [value])) };
    case 'matrix':
      return { type: 'matrix', series: data.result.map(({ metric, values }) => seriesOf(metric, values)) };
  }
}

function seriesOf(metric: ApiMetric, points: readonly ApiPoint[]): OutcomeSeries {
  return {
    labels: Labels.of(metric),
    points: points.map(([time, value]) => ({
      time: Math.round(time * 1000),
      value: floatOf(value),
      histogram: undefined,
    })),
  };
}

function floatOf(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
