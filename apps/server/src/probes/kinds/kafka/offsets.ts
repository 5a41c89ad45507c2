import type { Cluster } from './cluster.ts';
import type { PartitionOffsets } from './lag.ts';

/** Partitions whose offsets are asked for in one run. */
const MOST_PARTITIONS = 5_000;
/** ListOffsets' words for the end and the beginning. */
const LATEST = -1n;
const EARLIEST = -2n;
/** Asked by a client, not by a replica; only what is committed (READ_UNCOMMITTED counts open transactions). */
const CLIENT = -1;
const READ_UNCOMMITTED = 0;

export type OffsetTable = Map<string, Map<number, PartitionOffsets>>;

/** The offsets of all partitions of these topics that have a leader, each asked of it. */
export async function offsetsOf(cluster: Cluster, topics: ReadonlySet<string>): Promise<OffsetTable> {
  const byLeader = partitionsByLeader(cluster, topics);
  const table: OffsetTable = new Map();
  await Promise.all(
    [...byLeader].map(async ([leader, wanted]) => {
      const [latest, earliest] = await Promise.all([
        listed(cluster, leader, wanted, LATEST),
        listed(cluster, leader, wanted, EARLIEST),
      ]);
      for (const [key, value] of latest) {
        const first = earliest.get(key);
        if (first === undefined) continue;
        const { topic, partition } = value;
        const partitions = table.get(topic) ?? new Map<number, PartitionOffsets>();
        table.set(topic, partitions.set(partition, { latest: value.offset, earliest: first.offset }));
      }
    }),
  );
  return table;
}

type Wanted = Map<string, number[]>;

function partitionsByLeader(cluster: Cluster, topics: ReadonlySet<string>): Map<number, Wanted> {
  const byLeader = new Map<number, Wanted>();
  let count = 0;
  for (const { name, partitions } of cluster.topics) {
    if (name === null || !topics.has(name)) continue;
    for (const { partitionIndex, leaderId } of partitions) {
      if (leaderId < 0 || ++count > MOST_PARTITIONS) continue;
      const wanted = byLeader.get(leaderId) ?? new Map<string, number[]>();
      byLeader.set(leaderId, wanted);
      wanted.set(name, [...(wanted.get(name) ?? []), partitionIndex]);
    }
  }
  return byLeader;
}

async function listed(cluster: Cluster, leader: number, wanted: Wanted, timestamp: bigint) {
  const found = new Map<string, { topic: string; partition: number; offset: bigint }>();
  const broker = cluster.broker(leader);
  if (broker === undefined) return found;
  const request = [...wanted].map(([name, partitions]) => ({
    name,
    partitions: partitions.map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp })),
  }));
  const answer = await broker.ask(cluster.library.listOffsetsV5.api, CLIENT, READ_UNCOMMITTED, request);
  for (const { name, partitions } of answer.topics) {
    for (const { partitionIndex, offset, errorCode } of partitions) {
      // A leader that just moved: the next run finds it.
      if (errorCode !== 0) continue;
      found.set(`${name}\n${partitionIndex}`, { topic: name, partition: partitionIndex, offset });
    }
  }
  return found;
}
