export type { BlockMeta } from './block/meta.ts';
export { DamageError } from './bytes/byte-reader.ts';
export type { AppendFile, Folder } from './folder.ts';
export { type HeadOptions, TooManySeriesError } from './head/head.ts';
export { OUTCOMES, type Outcome } from './head/outcome.ts';
export type { Damage } from './log/segment.ts';
export { SampleColumns } from './sample-columns.ts';
export { DEFAULT_STORE_OPTIONS, type SelectedSeries, Store, type StoreOptions } from './store.ts';
