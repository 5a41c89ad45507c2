export { DEFAULT_OPTIONS, type EngineOptions } from './options.ts';
export type { Querier, Selection, StoredSeries } from './querier.ts';
export type { InstantQuery, Query, QueryResult, RangeQuery } from './query.ts';
export { ParseError } from './syntax/parse-error.ts';
