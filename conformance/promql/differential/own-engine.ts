import {
  createEngine,
  DurationError,
  ExecutionError,
  InvalidQuery,
  ParseError,
  type QueryResult,
} from '@vigie/promql';
import { Labels } from '@vigie/series';
import { MemoryQuerier } from '../../../packages/promql/src/testing/memory-querier.ts';
import { outcomeOf } from '../../../packages/promql/src/testing/outcome.ts';
import type { Answer } from './answer.ts';
import type { DataSeries } from './data.ts';
import type { RandomQuery } from './expressions/random-query.ts';

/** The engine under test over a store in memory. */
export class OwnEngine {
  readonly #store = new MemoryQuerier();
  readonly #engine = createEngine({ experimentalFunctions: true });

  write(series: readonly DataSeries[]): void {
    for (const { labels, samples } of series)
      for (const { time, value } of samples)
        this.#store.add(
          Labels.of(labels),
          time,
          value === null ? { kind: 'stale' } : { kind: 'float', value },
        );
  }

  instant({ text, time }: Pick<RandomQuery, 'text' | 'time'>): Promise<Answer> {
    return answerOf(this.#engine.instant({ text, time }, this.#store));
  }

  range({ text, start, end, step }: Omit<RandomQuery, 'time'>): Promise<Answer> {
    return answerOf(this.#engine.range({ text, start, end, step }, this.#store));
  }
}

async function answerOf(result: Promise<QueryResult>): Promise<Answer> {
  try {
    return { outcome: outcomeOf((await result).result), error: null };
  } catch (error) {
    if (error instanceof ExecutionError)
      return { outcome: null, error: { type: 'execution', message: error.message } };
    if (error instanceof ParseError || error instanceof DurationError || error instanceof InvalidQuery)
      return { outcome: null, error: { type: 'bad_data', message: error.message } };
    throw error;
  }
}
