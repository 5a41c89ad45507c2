import { defineProbe, type ProbeRun } from '../../kind.ts';
import { tlsChoice } from '../../tls-settings.ts';
import type { BrokerOptions } from './broker.ts';
import { Cluster, measuredTopics } from './cluster.ts';
import { groupsOf } from './groups.ts';
import { measureCluster, measureGroups, measureTopics } from './measure.ts';
import { offsetsOf } from './offsets.ts';
import { type Settings, settings } from './settings.ts';

/** A Kafka cluster: every broker reachable as it advertises itself, topics with leaders, what consumers have not read. */
export const kafka = defineProbe({
  kind: 'kafka',
  title: 'Kafka',
  up: 'kafka_up',
  interval: 120,
  timeout: 10,
  settings,
  thresholds: [
    { metric: 'kafka_topic_partition_leader', op: '<', critical: 0, for: 2 },
    { metric: 'kafka_topic_partition_under_replicated_partition', op: '>=', warning: 1, for: 2 },
    { metric: 'kafka_consumergroup_stalled', op: '>=', critical: 1, for: 2 },
  ],
  instance: ({ brokers }) => brokers[0] ?? '',
  async probe(set, run) {
    using cluster = await Cluster.open(run, set, await optionsOf(set, run));
    measureCluster(run, cluster);
    await run.phase('query', async () => {
      const topics = await measuredTopics(cluster, set.topics);
      const groups = await groupsOf(cluster, set.groups);
      const names = new Set(topics.flatMap(({ name }) => name ?? []));
      for (const { committed } of groups) for (const { topic } of committed) names.add(topic);
      const offsets = await offsetsOf(cluster, names);
      measureGroups(run, groups, offsets, set.lag_without_offset === 'from_earliest');
      measureTopics(run, topics, offsets);
    });
  },
});

async function optionsOf(set: Settings, run: ProbeRun): Promise<BrokerOptions> {
  const { username, mechanism } = set;
  const password = run.secret(set.password);
  return {
    library: await import('@platformatic/kafka'),
    tls: tlsChoice(set),
    sasl: username === '' ? null : { mechanism, username, password },
  };
}
