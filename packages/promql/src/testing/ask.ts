import { createEngine } from '../engine.ts';
import { CONFORMANCE_OPTIONS } from './conformance-options.ts';
import { load } from './load.ts';
import { MemoryQuerier } from './memory-querier.ts';
import { type Outcome, outcomeOf, outcomeText } from './outcome.ts';
import { parseScript } from './parse-script.ts';

/** What a query gave. */
export interface Answer {
  /** Values without their times: a series a line, its points by turns. */
  readonly text: string;
  readonly outcome: Outcome;
  readonly annotations: readonly string[];
}

/** Asks about series in the notation of conformance files, one sample a minute. */
export class Asked {
  readonly #store = new MemoryQuerier();
  readonly #engine = createEngine(CONFORMANCE_OPTIONS);

  constructor(series: string) {
    for (const command of parseScript(`load 1m\n${series.trim()}`)) {
      if (command.kind !== 'load') throw new Error('these are no series');
      load(this.#store, command);
    }
  }

  /** At so many minutes after the epoch. */
  async at(minutes: number, text: string): Promise<Answer> {
    const { result, warnings, infos } = await this.#engine.instant(
      { text, time: minutes * 60_000 },
      this.#store,
    );
    return answerOf(outcomeOf(result), [...warnings, ...infos]);
  }

  /** From the epoch to so many minutes after it, once a minute. */
  async until(minutes: number, text: string): Promise<Answer> {
    const query = { text, start: 0, end: minutes * 60_000, step: 60_000 };
    const { result, warnings, infos } = await this.#engine.range(query, this.#store);
    return answerOf(outcomeOf(result), [...warnings, ...infos]);
  }
}

function answerOf(outcome: Outcome, annotations: readonly string[]): Answer {
  return { text: outcomeText(outcome).replace(/@\d+/g, ''), outcome, annotations };
}
