/** Consumer groups: their members, and the offsets that they have committed. */
import { ProbeFailure } from '../../failure.ts';
import type { Broker } from './broker.ts';
import type { Cluster } from './cluster.ts';
import { refusal } from './refusal.ts';

/** Groups of one run. */
const MOST_GROUPS = 200;
/** FindCoordinator's type of key for groups. */
const GROUP_KEY = 0;

export interface CommittedOffset {
  topic: string;
  partition: number;
  /** -1 = none. */
  offset: bigint;
}

export interface Group {
  name: string;
  members: number;
  committed: CommittedOffset[];
}

/** These groups, or all of consumers when none is named. @throws ProbeFailure when one of them is not there. */
export async function groupsOf(cluster: Cluster, wanted: readonly string[]): Promise<Group[]> {
  const places = await coordinators(cluster);
  for (const name of wanted) if (!places.has(name)) throw await missing(cluster, name);
  const names = wanted.length === 0 ? [...places.keys()].sort().slice(0, MOST_GROUPS) : wanted;
  const groups: Group[] = [];
  for (const name of names) {
    const coordinator = places.get(name);
    if (coordinator !== undefined) groups.push(await groupOf(cluster, coordinator, name));
  }
  return groups;
}

/** Every consumer group by the broker that looks after it: each lists its own. */
async function coordinators(cluster: Cluster): Promise<Map<string, Broker>> {
  const places = new Map<string, Broker>();
  await Promise.all(
    cluster.all().map(async (broker) => {
      const { errorCode, groups } = await broker.ask(cluster.library.listGroupsV3.api, [], []);
      if (errorCode !== 0) throw refusal('the list of consumer groups', errorCode);
      for (const { groupId, protocolType } of groups) {
        // Groups that only store offsets have no protocol; those of Connect and of registries have another.
        if (protocolType === 'consumer' || protocolType === '') places.set(groupId, broker);
      }
    }),
  );
  return places;
}

/** Why a group is in no list: it is not there, or this user may not see it. */
async function missing(cluster: Cluster, name: string): Promise<ProbeFailure> {
  const [any] = cluster.all();
  const answer = await any?.ask(cluster.library.findCoordinatorV3.api, GROUP_KEY, [name]);
  const code = answer?.coordinators[0]?.errorCode ?? 0;
  if (code !== 0) return refusal(`consumer group ${name}`, code);
  return new ProbeFailure('not_found', `there is no consumer group ${name}`);
}

async function groupOf(cluster: Cluster, coordinator: Broker, name: string): Promise<Group> {
  const { library } = cluster;
  const [described, offsets] = await Promise.all([
    coordinator.ask(library.describeGroupsV5.api, [name], false),
    coordinator.ask(library.offsetFetchV7.api, [{ groupId: name, topics: null }], false),
  ]);
  const group = described.groups[0];
  // Asked in this version, a broker answers for a group of the newer protocol that it is dead.
  const isNewer = cluster.hasNewGroups && (group === undefined || group.groupState === 'Dead');
  if (group !== undefined && group.errorCode !== 0) throw refusal(`consumer group ${name}`, group.errorCode);
  if (offsets.errorCode !== 0) throw refusal(`consumer group ${name}`, offsets.errorCode);
  return {
    name,
    members: isNewer ? await newerMembers(cluster, coordinator, name) : (group?.members.length ?? 0),
    committed: offsets.topics.flatMap((topic) =>
      topic.partitions
        .filter(({ errorCode }) => errorCode === 0)
        .map(({ partitionIndex, committedOffset }) => ({
          topic: topic.name,
          partition: partitionIndex,
          offset: committedOffset,
        })),
    ),
  };
}

async function newerMembers(cluster: Cluster, coordinator: Broker, name: string): Promise<number> {
  const { groups } = await coordinator.ask(cluster.library.consumerGroupDescribeV0.api, [name], false);
  return groups[0]?.members.length ?? 0;
}
