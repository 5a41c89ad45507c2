/** A cluster for one run: its brokers' connections, topics and leaders. */
import { asProbeFailure, ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';
import { Broker, type BrokerOptions, type Library } from './broker.ts';
import { refusal } from './refusal.ts';
import { brokerOf, type Settings } from './settings.ts';

/** Brokers that are connected to. */
const MOST_BROKERS = 100;
/** Kafka's number of ApiVersions, and of the requests we make; versions that Kafka 2.5 to 4 understand. */
const NEEDED: readonly [string, number, number][] = [
  ['Metadata', 3, 9],
  ['ListOffsets', 2, 5],
  ['OffsetFetch', 9, 7],
  ['FindCoordinator', 10, 3],
  ['DescribeGroups', 15, 5],
  ['ListGroups', 16, 3],
];
/** ConsumerGroupDescribe: the groups of the newer protocol (KIP-848). */
const CONSUMER_GROUP_DESCRIBE = 69;

type MetadataResponse = Awaited<ReturnType<Library['metadataV9']['api']['async']>>;
export type Topic = MetadataResponse['topics'][number];
type ClusterBroker = MetadataResponse['brokers'][number];

export class Cluster implements Disposable {
  readonly brokers: readonly ClusterBroker[];
  readonly topics: readonly Topic[];
  /** Whether it knows the groups of KIP-848. */
  readonly hasNewGroups: boolean;
  readonly library: Library;
  readonly #connections: Map<number, Broker>;

  private constructor(
    library: Library,
    metadata: MetadataResponse,
    connections: Map<number, Broker>,
    hasNewGroups: boolean,
  ) {
    this.library = library;
    this.brokers = metadata.brokers;
    this.topics = metadata.topics;
    this.hasNewGroups = hasNewGroups;
    this.#connections = connections;
  }

  /** Asks the first broker that answers for the others, and connects to all. @throws ProbeFailure */
  static async open(run: ProbeRun, settings: Settings, options: BrokerOptions): Promise<Cluster> {
    using bootstrap = await openFirst(run, settings.brokers, options);
    return await run.phase('metadata', async () => {
      const hasNewGroups = await greeted(bootstrap, options.library);
      const metadata = await metadataOf(bootstrap, options);
      const connections = await openAll(run, metadata.brokers, options);
      return new Cluster(options.library, metadata, connections, hasNewGroups);
    });
  }

  /** The connection to a broker; undefined for one that is not in the cluster. */
  broker(id: number): Broker | undefined {
    return this.#connections.get(id);
  }

  all(): Broker[] {
    return [...this.#connections.values()];
  }

  [Symbol.dispose](): void {
    for (const broker of this.#connections.values()) broker[Symbol.dispose]();
  }
}

async function openFirst(run: ProbeRun, brokers: readonly string[], options: BrokerOptions): Promise<Broker> {
  let failure: ProbeFailure | null = null;
  for (const [i, broker] of brokers.entries()) {
    const rest = brokers.length - i;
    // The last one has until the run's end; one that hangs leaves time to those after it.
    const within = rest === 1 ? undefined : Math.ceil(run.timeLeft() / rest);
    try {
      return await Broker.open(run, brokerOf(broker), options, within);
    } catch (error) {
      failure ??= asProbeFailure(error);
      if (run.signal.aborted) break;
    }
  }
  throw failure ?? new ProbeFailure('config', 'no broker is set');
}

/** @returns whether it knows the newer groups. */
async function greeted(broker: Broker, library: Library): Promise<boolean> {
  const { apiKeys } = await broker.ask(library.apiVersionsV3.api, 'vigie', '1');
  const ranges = new Map(apiKeys.map((api) => [api.apiKey, api]));
  for (const [name, key, version] of NEEDED) {
    const range = ranges.get(key);
    if (range === undefined || range.minVersion > version || range.maxVersion < version) {
      const sentence = `${broker.name} does not know ${name} in version ${version}: Kafka 2.5 or newer is needed`;
      throw new ProbeFailure('protocol', sentence);
    }
  }
  return ranges.has(CONSUMER_GROUP_DESCRIBE);
}

async function metadataOf(broker: Broker, { library, sasl }: BrokerOptions): Promise<MetadataResponse> {
  try {
    return await broker.ask(library.metadataV9.api, null, false, false, false);
  } catch (error) {
    const failure = asProbeFailure(error);
    if (failure.reason !== 'reset' || sasl !== null) throw failure;
    const sentence = `${broker.name} hung up at the first question, as brokers do that want a user and a password`;
    throw new ProbeFailure('auth', sentence, { cause: error });
  }
}

async function openAll(run: ProbeRun, brokers: readonly ClusterBroker[], options: BrokerOptions) {
  const connections = new Map<number, Broker>();
  const opened = await Promise.allSettled(
    brokers.slice(0, MOST_BROKERS).map(async (broker) => {
      connections.set(broker.nodeId, await Broker.open(run, broker, options));
    }),
  );
  const failed = opened.findIndex(({ status }) => status === 'rejected');
  const result = opened[failed];
  const broker = brokers[failed];
  if (result?.status !== 'rejected' || broker === undefined) return connections;
  for (const open of connections.values()) open[Symbol.dispose]();
  const { reason, message } = asProbeFailure(result.reason);
  const name = `broker ${broker.nodeId}, which advertises itself as ${broker.host}:${broker.port},`;
  throw new ProbeFailure(reason, `${name} is not reached: ${message}`, { cause: result.reason });
}

/** The topics that are measured. @throws ProbeFailure when one that must be there is not. */
export async function measuredTopics(cluster: Cluster, wanted: readonly string[]): Promise<readonly Topic[]> {
  if (wanted.length === 0) return cluster.topics.filter(({ isInternal }) => !isInternal);
  const byName = new Map(cluster.topics.map((topic) => [topic.name, topic]));
  const missing = wanted.filter((name) => !byName.has(name));
  const [any] = cluster.all();
  if (missing.length > 0 && any !== undefined) {
    // A topic that this user may not describe is left out of the list; asked by its name, the broker says so.
    const { topics } = await any.ask(cluster.library.metadataV9.api, missing, false, false, false);
    for (const { name, errorCode } of topics) if (errorCode !== 0) throw refusal(`topic ${name}`, errorCode);
  }
  return wanted.flatMap((name) => byName.get(name) ?? []);
}
