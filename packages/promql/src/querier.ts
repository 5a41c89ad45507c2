import type { Labels, Matcher, Samples } from '@vigie/series';

/** What an evaluation reads from a store. The engine is handed one; where its samples are is the store's business. */
export interface Querier {
  /**
   * Every series that fits all matchers and has a sample with `after < time <= until` (epoch milliseconds), each
   * label set once, in no particular order. May be called for several selectors of a query at the same time.
   */
  select(selection: Selection): Promise<readonly StoredSeries[]>;
}

export interface Selection {
  readonly matchers: readonly Matcher[];
  readonly after: number;
  readonly until: number;
}

export interface StoredSeries {
  readonly labels: Labels;
  /**
   * The samples with `after < time <= until` of the selection, stale markers among them. The columns are valid
   * until the next call on any series of the same querier: the store may decode into the same arrays again.
   */
  read(): Samples;
}
