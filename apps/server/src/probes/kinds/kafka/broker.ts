/** One connection to one broker, for one run. */
import type { API, Connection, ConnectionOptions } from '@platformatic/kafka';
import { codeOf } from '../../../notify/failure.ts';
import { asProbeFailure, ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';
import type { TlsChoice } from '../../tls-settings.ts';
import { handshakeFailure, tlsOptions } from './tls.ts';

/** Bytes of one answer: metadata of some 100,000 partitions. A length beyond it is no Kafka. */
const ANSWER_LIMIT = 16 * 1_048_576;
/** Milliseconds that the library's own limits come after the run's. */
const AFTERWARDS = 1_000;

export type Library = typeof import('@platformatic/kafka');

/** How all brokers of a cluster are spoken to. */
export interface BrokerOptions {
  library: Library;
  tls: TlsChoice | null;
  sasl: NonNullable<ConnectionOptions['sasl']> | null;
}

export class Broker implements Disposable {
  readonly name: string;
  readonly #connection: Connection;
  readonly #library: Library;
  #hasAnswered = false;
  #fault: Error | null = null;
  #bytes = 0;

  private constructor(name: string, library: Library, connection: Connection) {
    this.name = name;
    this.#library = library;
    this.#connection = connection;
  }

  /** Connects, and says who we are where that is wanted. `within` = milliseconds. @throws ProbeFailure */
  static async open(
    run: ProbeRun,
    { host, port }: { host: string; port: number },
    { library, tls, sasl }: BrokerOptions,
    within = run.timeLeft() + AFTERWARDS,
  ): Promise<Broker> {
    const address = await run.phase('resolve', () => run.address(host));
    const connection = new library.Connection('vigie', {
      connectTimeout: within,
      requestTimeout: run.timeLeft() + AFTERWARDS,
      ...(tls === null ? {} : { tls: tlsOptions(host, tls) }),
      ...(sasl === null ? {} : { sasl }),
    });
    const broker = new Broker(`${host}:${port}`, library, connection);
    connection.on('error', (error) => {
      broker.#fault ??= error;
    });
    await run.phase(sasl !== null ? 'auth' : tls !== null ? 'tls' : 'connect', async () => {
      const connected = connection.connect(address, port);
      broker.#endWith(run.signal);
      connection.socket.on('data', (chunk) => broker.#guard(chunk));
      try {
        await connected;
      } catch (error) {
        connection.socket.destroy();
        throw broker.#explain(error, tls !== null && !broker.#hasAnswered);
      }
    });
    return broker;
  }

  /**
   * Asks one thing. An answer that carries error codes is an answer: whoever asks looks at them.
   * @throws ProbeFailure when none comes.
   */
  async ask<A extends unknown[], T>(api: API<A, T>, ...args: A): Promise<T> {
    try {
      const answer = await api.async(this.#connection, ...args);
      this.#hasAnswered = true;
      return answer;
    } catch (error) {
      if (error instanceof this.#library.ResponseError) {
        const answer: T | undefined = error['response'];
        this.#hasAnswered = true;
        if (answer !== undefined) return answer;
      }
      throw this.#explain(error, false);
    }
  }

  [Symbol.dispose](): void {
    this.#connection.socket.destroy();
  }

  #endWith(signal: AbortSignal): void {
    const { socket } = this.#connection;
    const end = (): void => {
      socket.destroy();
      // Nobody else tells the library, which would wait for its own limit.
      if (!this.#connection.isConnected()) this.#connection.emit('close');
    };
    // Stays: without a listener, a reset after the library has let go would end the process.
    socket.on('error', () => undefined);
    socket.once('close', () => signal.removeEventListener('abort', end));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  }

  /** Notices by the length of the first answer what is not Kafka, and ends what has no end. */
  #guard(chunk: Buffer): void {
    const isFirst = this.#bytes === 0;
    this.#bytes += chunk.length;
    const length = isFirst && chunk.length >= 4 ? chunk.readInt32BE(0) : 0;
    if (length < 0 || length > ANSWER_LIMIT) {
      this.#end(`${this.name} answers, but not as a Kafka broker does${hintOf(chunk)}`);
    } else if (this.#bytes > 4 * ANSWER_LIMIT) {
      this.#end(`${this.name} answered more than ${4 * ANSWER_LIMIT} bytes`);
    }
    this.#hasAnswered ||= this.#bytes > 4 && this.#fault === null;
  }

  #end(sentence: string): void {
    this.#fault ??= new ProbeFailure('protocol', sentence);
    this.#connection.socket.destroy();
  }

  #explain(error: unknown, isHandshake: boolean): ProbeFailure {
    const chain = causesOf(this.#fault ?? error);
    const [top = new Error(String(error))] = chain;
    if (top instanceof ProbeFailure) return top;
    const codes = chain.map(codeOf);
    const said = chain.map(({ message }) => message).join(' ');
    // The library says so of a hang-up too: only what the broker answered is about authentication.
    const isRefusal = codes.includes('PLT_KFK_AUTHENTICATION') && codes.includes('PLT_KFK_RESPONSE');
    if (isRefusal) return authFailure(said, this.name, top);
    if (isHandshake) return handshakeFailure(chain.at(-1) ?? top, this.name);
    const known = asProbeFailure(top);
    const isLibrarys = codes.includes('PLT_KFK_NETWORK');
    return known.reason === 'reset' || (known.reason === 'internal' && isLibrarys)
      ? this.#hungUp(top)
      : known;
  }

  #hungUp(cause: Error): ProbeFailure {
    return this.#hasAnswered
      ? new ProbeFailure('reset', `${this.name} closed the connection in the middle`, { cause })
      : new ProbeFailure('protocol', `${this.name} closed the connection without an answer`, { cause });
  }
}

function authFailure(said: string, broker: string, cause: Error): ProbeFailure {
  return /mechanism/i.test(said)
    ? new ProbeFailure('auth', `${broker} does not take this SASL mechanism`, { cause })
    : new ProbeFailure('auth', `${broker} refused the user or the password`, { cause });
}

/** An error and what it wraps, the outermost first. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at);
  return chain;
}

/** What foreign bytes look like. */
function hintOf(chunk: Buffer): string {
  if (chunk.subarray(0, 5).toString('latin1') === 'HTTP/') return ', but as a web server';
  // RFC 8446 section 5.1: an alert, in a record of any version.
  return chunk[0] === 0x15 && chunk[1] === 0x03 ? ': it wants TLS' : '';
}
