/** One session with a broker over a connection that is open already. */
import type { Socket } from 'node:net';
import type { IClientOptions, MqttClient } from 'mqtt';
import { ProbeFailure } from '../../failure.ts';
import { denial, mqttFailure } from './refusal.ts';

/** Bytes of one session: `$SYS` of a large broker is some 10 kB. */
const RECEIVED_LIMIT = 1_048_576;
/** Retained messages below `$SYS` that are kept. */
const MOST_TOPICS = 500;
/** QoS 1: the broker acknowledges what it got. */
const AT_LEAST_ONCE = 1;
/** From here on, a code of SUBACK or PUBACK is a failure. */
const FIRST_FAILURE = 128;

export class MqttSession implements Disposable {
  readonly #socket: Socket;
  readonly #place: string;
  readonly #client: MqttClient;
  readonly #fault = Promise.withResolvers<never>();
  /** Values below `$SYS` by their topic. */
  readonly statistics = new Map<string, string>();
  #received = 0;
  #isConnected = false;
  #onEcho: (topic: string, payload: string) => void = () => undefined;

  constructor(library: typeof import('mqtt'), socket: Socket, place: string, options: IClientOptions) {
    this.#socket = socket;
    this.#place = place;
    this.#fault.promise.catch(() => undefined);
    this.#client = new library.MqttClient(() => socket, {
      reconnectPeriod: 0,
      keepalive: 0,
      clean: true,
      resubscribe: false,
      queueQoSZero: false,
      ...options,
    });
    this.#client.on('error', (error) => {
      const failure = mqttFailure(error, place);
      this.#fault.reject(failure.reason === 'reset' ? this.#hungUp() : failure);
    });
    this.#client.on('message', (topic, payload) => this.#take(topic, payload));
    socket.on('data', (chunk) => this.#guard(chunk));
    socket.once('close', () => this.#fault.reject(this.#hungUp()));
  }

  /** Until the broker has let us in. @throws ProbeFailure */
  async connected(): Promise<void> {
    await this.#orFault(new Promise<void>((resolve) => this.#client.once('connect', () => resolve())));
    this.#isConnected = true;
  }

  /**
   * Sends a message and waits for it to come back; what is retained below the other topics comes before it.
   * @throws ProbeFailure
   */
  async echo(topic: string, payload: string, others: readonly string[]): Promise<void> {
    const granted = await this.#orFault(
      this.#client.subscribeAsync([...others, topic], { qos: AT_LEAST_ONCE }).catch((error: unknown) => {
        throw denialOf(error, `subscribe to ${topic}`, this.#place);
      }),
    );
    const own = granted.find((grant) => grant.topic === topic);
    if (own !== undefined && own.qos >= FIRST_FAILURE) {
      throw denial(own.qos, `subscribe to ${topic}`, this.#place);
    }
    const returned = new Promise<void>((resolve) => {
      this.#onEcho = (at, text) => void (at === topic && text === payload && resolve());
    });
    const sent = this.#client.publishAsync(topic, payload, { qos: AT_LEAST_ONCE }).catch((error: unknown) => {
      throw denialOf(error, `publish to ${topic}`, this.#place);
    });
    await this.#orFault(Promise.all([sent, returned]));
  }

  [Symbol.dispose](): void {
    this.#client.end(true);
    this.#socket.destroy();
  }

  #orFault<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    return Promise.race([work, this.#fault.promise]);
  }

  #take(topic: string, payload: Buffer): void {
    if (!topic.startsWith('$SYS/')) this.#onEcho(topic, payload.toString());
    else if (this.statistics.size < MOST_TOPICS) this.statistics.set(topic, payload.toString('utf8', 0, 200));
  }

  #guard(chunk: Buffer): void {
    this.#received += chunk.length;
    if (this.#received <= RECEIVED_LIMIT) return;
    this.#fault.reject(new ProbeFailure('protocol', `${this.#place} sent more than ${RECEIVED_LIMIT} bytes`));
    this.#socket.destroy();
  }

  #hungUp(): ProbeFailure {
    return this.#isConnected
      ? new ProbeFailure('reset', `${this.#place} closed the connection in the middle`)
      : new ProbeFailure('protocol', `${this.#place} closed the connection without letting us in`);
  }
}

function denialOf(error: unknown, what: string, place: string): ProbeFailure {
  const failure = mqttFailure(error, place);
  return failure.reason === 'auth' || failure.reason === 'forbidden'
    ? new ProbeFailure('forbidden', `${place} does not let us ${what}`, { cause: error })
    : failure;
}
