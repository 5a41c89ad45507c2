import { randomUUID } from 'node:crypto';
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';
import type { RedisConnection } from '../../resp/connection.ts';
import { openRedis } from '../../resp/open.ts';
import type { Broker, QueueState, Unacknowledged } from './broker.ts';
import { type Inspection, inspectMessage } from './mailbox.ts';
import { envelopeOf, replyOf } from './redis-envelope.ts';
import type { Settings } from './settings.ts';

/** Bytes of one worker's answer: a list of tasks holds their arguments. */
const ANSWER_LIMIT = 8 * 1_048_576;
/** Kombu's steps of priority: a queue is a list for each. */
const PRIORITIES = ['3', '6', '9'];

/** Opens the broker of workers over Redis. @throws ProbeFailure */
export async function openRedisBroker(settings: Settings, run: ProbeRun): Promise<Broker> {
  const redis = await openRedis({ url: settings.broker, tls_ca: settings.tls_ca }, run, ANSWER_LIMIT);
  const broker = new RedisBroker(redis.connection, namesOf(settings, redis.db, run), settings);
  return {
    inspect: (inspection, wait) => broker.inspect(inspection, wait),
    queues: (names) => broker.queues(names),
    unacknowledged: () => broker.unacknowledged(),
    [Symbol.dispose]: () => redis[Symbol.dispose](),
  };
}

type Names = ReturnType<typeof namesOf>;

/** Keys and channels, as kombu makes them of its transport options. */
function namesOf(settings: Settings, db: number, run: ProbeRun) {
  const { global_keyprefix: prefix, fanout_prefix, separator, control_exchange } = settings;
  const exchange = `${control_exchange}.pidbox`;
  const replyExchange = `reply.${exchange}`;
  const key = replyKeyOf(run);
  const queue = `${key}.${replyExchange}`;
  return {
    exchange,
    replyTo: { exchange: replyExchange, routing_key: key },
    channel: `${prefix}${fanout_prefix.replaceAll('{db}', String(db))}${exchange}`,
    bindings: `${prefix}_kombu.binding.${replyExchange}`,
    binding: [key, '', queue].join(separator),
    replies: `${prefix}${queue}`,
  };
}

/** The same in every run of a probe: a run that was cut short leaves its queue to the next one, which empties it. */
function replyKeyOf(run: ProbeRun): string {
  const kept = run.memory.get('reply key');
  const key = typeof kept === 'string' ? kept : randomUUID();
  run.memory.set('reply key', key);
  return key;
}

class RedisBroker {
  readonly #redis: RedisConnection;
  readonly #names: Names;
  readonly #settings: Settings;

  constructor(redis: RedisConnection, names: Names, settings: Settings) {
    this.#redis = redis;
    this.#names = names;
    this.#settings = settings;
  }

  async inspect(inspection: Inspection, wait: number): Promise<number> {
    const { bindings, binding, replies } = this.#names;
    const redis = this.#redis;
    await Promise.all([redis.command('DEL', replies), redis.command('SADD', bindings, binding)]);
    const reached = await this.#ask(inspection);
    const until = performance.now() + wait;
    while (!inspection.hasAll(reached)) {
      const left = until - performance.now();
      if (left <= 0) break;
      const popped = await this.#pop(left);
      if (popped !== null) inspection.take(replyOf(popped));
    }
    await Promise.all([redis.command('SREM', bindings, binding), redis.command('DEL', replies)]);
    return reached;
  }

  /** Gives the number of workers that listen. */
  async #ask(inspection: Inspection): Promise<number> {
    const { exchange, channel, replyTo } = this.#names;
    const counts = await Promise.all(
      inspection.tickets.map(([method, ticket]) => {
        const envelope = envelopeOf(inspectMessage(method, ticket, replyTo), exchange);
        return this.#redis.command('PUBLISH', channel, envelope);
      }),
    );
    return Math.min(...counts.map(Number));
  }

  async #pop(left: number): Promise<string | null> {
    const { replies } = this.#names;
    let popped: unknown;
    try {
      popped = await this.#redis.command('BRPOP', replies, Math.max(0.001, left / 1000).toFixed(3));
    } catch (error) {
      // Redis before 6 takes whole seconds only.
      if (!(error instanceof ProbeFailure) || !/timeout is not an integer/.test(error.message)) throw error;
      popped = await this.#redis.command('BRPOP', replies, Math.ceil(left / 1000));
    }
    return Array.isArray(popped) ? String(popped[1]) : null;
  }

  async queues(names: readonly string[]): Promise<Map<string, QueueState>> {
    const { global_keyprefix: prefix, separator } = this.#settings;
    const lengths = names.map(async (name): Promise<[string, QueueState]> => {
      const lists = [name, ...PRIORITIES.map((priority) => `${name}${separator}${priority}`)];
      const counts = await Promise.all(lists.map((list) => this.#redis.command('LLEN', `${prefix}${list}`)));
      return [name, { length: counts.reduce<number>((sum, count) => sum + Number(count), 0) }];
    });
    return new Map(await Promise.all(lengths));
  }

  async unacknowledged(): Promise<Unacknowledged | null> {
    const { global_keyprefix: prefix } = this.#settings;
    try {
      const [tasks, oldest] = await Promise.all([
        this.#redis.command('HLEN', `${prefix}unacked`),
        this.#redis.command('ZRANGE', `${prefix}unacked_index`, 0, 0, 'WITHSCORES'),
      ]);
      const fetched = Array.isArray(oldest) ? Number(oldest[1]) : Number.NaN;
      return { tasks: Number(tasks), oldest: Number.isFinite(fetched) ? fetched : null };
    } catch (error) {
      if (error instanceof ProbeFailure && error.reason === 'forbidden') return null;
      throw error;
    }
  }
}
