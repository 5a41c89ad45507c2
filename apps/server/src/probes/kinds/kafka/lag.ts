/** What partitions hold and how far a group has read; offsets as Kafka counts them. */
export interface PartitionOffsets {
  earliest: bigint;
  latest: bigint;
}

/**
 * Messages that a group has not read yet; never negative, for offsets are read one after the other.
 * @returns null when it never committed one (-1) and that shall not count as all there is.
 */
export function lagOf(committed: bigint, { earliest, latest }: PartitionOffsets, fromEarliest: boolean) {
  if (committed < 0n && !fromEarliest) return null;
  const from = committed < 0n ? earliest : committed;
  return latest > from ? Number(latest - from) : 0;
}
