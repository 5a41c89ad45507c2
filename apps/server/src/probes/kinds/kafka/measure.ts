import type { Detail, ProbeRun } from '../../kind.ts';
import type { Cluster, Topic } from './cluster.ts';
import type { Group } from './groups.ts';
import { lagOf } from './lag.ts';
import type { OffsetTable } from './offsets.ts';

/** Topics that are named in the details: the beginning of the list, as a word of what is there. */
const NAMED_TOPICS = 10;

export function measureCluster(run: ProbeRun, cluster: Cluster): void {
  const names = cluster.topics.filter(({ isInternal }) => !isInternal).flatMap(({ name }) => name ?? []);
  run.measure('kafka_brokers', cluster.brokers.length);
  run.detail(
    'brokers',
    cluster.brokers.map(({ host, port }) => `${host}:${port}`),
  );
  run.detail('topics_count', names.length);
  run.detail('topics', names.sort().slice(0, NAMED_TOPICS));
}

/** Lag first: where there are more samples than one run may have, those of single partitions fall away. */
export function measureGroups(
  run: ProbeRun,
  groups: readonly Group[],
  offsets: OffsetTable,
  fromEarliest: boolean,
): void {
  const lags: Record<string, number> = {};
  for (const group of groups) {
    const byTopic = lagByTopic(group, offsets, fromEarliest);
    const labels = { consumergroup: group.name };
    let sum = 0;
    run.measure('kafka_consumergroup_members', group.members, labels);
    for (const [topic, lag] of byTopic) {
      run.measure('kafka_consumergroup_lag_sum', lag, { ...labels, topic });
      lags[topic] = (lags[topic] ?? 0) + lag;
      sum += lag;
    }
    run.measure('kafka_consumergroup_stalled', isStalled(run.memory, group, sum) ? 1 : 0, labels);
  }
  run.detail('consumer_running', groups.length > 0 && groups.every(({ members }) => members > 0));
  run.detail('consumer_lag', lags satisfies Detail);
  for (const group of groups) measurePartitionLags(run, group, offsets, fromEarliest);
}

/** Nobody reads, and more waits than at the run before. */
function isStalled(memory: Map<string, unknown>, { name, members }: Group, lag: number): boolean {
  const key = `lag of ${name}`;
  const before = memory.get(key);
  memory.set(key, lag);
  return members === 0 && typeof before === 'number' && lag > before;
}

function lagByTopic(group: Group, offsets: OffsetTable, fromEarliest: boolean): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { topic, lag } of lagsOf(group, offsets, fromEarliest)) {
    sums.set(topic, (sums.get(topic) ?? 0) + lag);
  }
  return sums;
}

/** Every partition of the topics that a group reads, also those of which it committed nothing yet. */
function* lagsOf({ committed }: Group, offsets: OffsetTable, fromEarliest: boolean) {
  const read = Map.groupBy(committed, ({ topic }) => topic);
  for (const [topic, partitions] of read) {
    const byPartition = new Map(partitions.map(({ partition, offset }) => [partition, offset]));
    for (const [partition, known] of offsets.get(topic) ?? []) {
      const offset = byPartition.get(partition) ?? -1n;
      const lag = lagOf(offset, known, fromEarliest);
      if (lag !== null) yield { topic, partition, offset, lag };
    }
  }
}

function measurePartitionLags(
  run: ProbeRun,
  group: Group,
  offsets: OffsetTable,
  fromEarliest: boolean,
): void {
  for (const { topic, partition, offset, lag } of lagsOf(group, offsets, fromEarliest)) {
    const labels = { consumergroup: group.name, topic, partition: String(partition) };
    run.measure('kafka_consumergroup_lag', lag, labels);
    if (offset >= 0n) run.measure('kafka_consumergroup_current_offset', Number(offset), labels);
  }
}

export function measureTopics(run: ProbeRun, topics: readonly Topic[], offsets: OffsetTable): void {
  for (const { name, partitions } of topics) {
    if (name === null) continue;
    run.measure('kafka_topic_partitions', partitions.length, { topic: name });
    for (const { partitionIndex, leaderId, replicaNodes, isrNodes } of partitions) {
      const labels = { topic: name, partition: String(partitionIndex) };
      const isUnder = isrNodes.length < replicaNodes.length;
      run.measure('kafka_topic_partition_leader', leaderId, labels);
      run.measure('kafka_topic_partition_under_replicated_partition', isUnder ? 1 : 0, labels);
      const known = offsets.get(name)?.get(partitionIndex);
      if (known === undefined) continue;
      run.measure('kafka_topic_partition_current_offset', Number(known.latest), labels);
      run.measure('kafka_topic_partition_oldest_offset', Number(known.earliest), labels);
    }
  }
}
