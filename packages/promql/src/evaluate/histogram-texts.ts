import type { Histogram } from '@vigie/series';
import { quote } from '../syntax/quote.ts';

/** What is done with two histograms, as annotations name it. */
export type HistogramOperation = 'addition' | 'subtraction' | 'aggregation';

/** The end of an annotation that names the metric it is about; nothing when it has no name. */
export function forMetricName(name: string): string {
  return name === '' ? '' : ` for metric name ${quote(name)}`;
}

/** What is said when exponential and custom buckets meet. */
export function mixedSchemas(metric: string): string {
  return `vector contains a mix of histograms with exponential and custom buckets schemas${forMetricName(metric)}`;
}

/** What is said when histograms of contradicting reset hints are put together. */
export function resetCollision(operation: HistogramOperation): string {
  return `conflicting counter resets during histogram ${operation}`;
}

/** What is said when custom buckets are reduced to the bounds that both have. */
export function boundsReconciled(operation: HistogramOperation): string {
  return `mismatched custom buckets were reconciled during ${operation}`;
}

/** Watches whether some histograms say that their counter began anew and others that it did not. */
export class ResetHints {
  #reset = false;
  #notReset = false;

  see(histogram: Histogram | undefined): void {
    this.#reset ||= histogram?.counterResetHint === 'reset';
    this.#notReset ||= histogram?.counterResetHint === 'not_reset';
  }

  get contradict(): boolean {
    return this.#reset && this.#notReset;
  }
}
