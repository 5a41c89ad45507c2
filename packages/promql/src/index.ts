export { DEFAULT_OPTIONS, type EngineOptions } from './options.ts';
export type { Querier, Selection, StoredSeries } from './querier.ts';
export type { InstantQuery, Query, QueryResult, RangeQuery } from './query.ts';
export { parse } from './syntax/parse.ts';
export { ParseError } from './syntax/parse-error.ts';
export type { ParseOptions } from './syntax/parse-options.ts';
export type { FunctionSignature, Signatures } from './syntax/signature.ts';
export { typeOf } from './syntax/type-of.ts';
