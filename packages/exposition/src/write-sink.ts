import type { Histogram } from '@vigie/series';
import type { Exemplar, MetricType } from './sink.ts';

/** The labels of a series that is written; valid only within the call that hands them over. */
export interface WireLabels {
  /**
   * Equal keys of one version of the protocol mean equal label sets, so that a receiver may remember what a key
   * stands for without reading the labels. The other way round is not true.
   */
  readonly key: string;
  /**
   * Name, value, name, value, ... in the order of the wire, nothing checked.
   * @throws {ProtobufError} when one is not UTF-8.
   */
  read(): string[];
}

/** Takes what a write request says, in its order. What it throws ends the reading. */
export interface WriteSink {
  /** A series begins; what follows is its. */
  series(labels: WireLabels): void;
  /** @param stale the value is the stale marker, whose bits a number may lose; `value` is NaN then. */
  sample(timestamp: number, value: number, stale: boolean, startTimestamp: number): void;
  /** @param stale the histogram's sum is the stale marker. */
  histogram(timestamp: number, histogram: Histogram, stale: boolean, startTimestamp: number): void;
  exemplar?(exemplar: Exemplar): void;
  metadata?(family: string, type: MetricType, help: string, unit: string): void;
}
