/** What a block says of itself. Times are epoch milliseconds, both ends included. */
export interface BlockMeta {
  readonly version: 1;
  readonly id: string;
  readonly first: number;
  readonly last: number;
  readonly series: number;
  readonly samples: number;
  readonly chunks: number;
  /** Bytes of index and chunks. */
  readonly bytes: number;
  /** The blocks it was made from; none when it was cut from the head. */
  readonly sources: readonly string[];
}
