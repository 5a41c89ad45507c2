import { FLOAT, type Row } from '../columns.ts';
import { type Aggregator, groupRow, sayHistogramsIgnored } from './aggregator.ts';

/** `stddev` or `stdvar`: of all elements, not of a sample of them; NaN as soon as one is no finite number. */
export function deviation(which: 'stddev' | 'stdvar'): Aggregator {
  return (input) => {
    sayHistogramsIgnored(input);
    return input.groups.map((group) => {
      const result = groupRow(group, input.count);
      const spreads = new Spreads(input.count);
      for (const row of group.rows) spreads.add(row);
      for (let step = 0; step < input.count; step++) {
        if ((spreads.elements[step] ?? 0) === 0) continue;
        const variance = spreads.varianceAt(step);
        result.values[step] = which === 'stddev' ? Math.sqrt(variance) : variance;
        result.kinds[step] = FLOAT;
      }
      return result;
    });
  };
}

/** Variances by step, gone through once: a mean and the squares of the distances to it (Welford). */
class Spreads {
  readonly elements: Float64Array;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;

  constructor(count: number) {
    this.elements = new Float64Array(count);
    this.#means = new Float64Array(count);
    this.#squares = new Float64Array(count);
  }

  add({ kinds, values }: Row): void {
    for (let step = 0; step < kinds.length; step++) {
      if (kinds[step] !== FLOAT) continue;
      const value = values[step] ?? 0;
      const elements = (this.elements[step] ?? 0) + 1;
      const mean = this.#means[step] ?? 0;
      const distance = value - mean;
      const next = mean + distance / elements;
      this.elements[step] = elements;
      this.#means[step] = next;
      this.#squares[step] = (this.#squares[step] ?? 0) + distance * (value - next);
    }
  }

  varianceAt(step: number): number {
    return (this.#squares[step] ?? 0) / (this.elements[step] ?? 0);
  }
}
