import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { asProbeFailure, ProbeFailure } from '../failure.ts';
import { startTls } from '../tls-session.ts';
import type { TlsChoice } from '../tls-settings.ts';

/** Bytes that a server may send in one run; what the probes ask for is some 100 kB at most. */
const BYTE_LIMIT = 8 * 2 ** 20;

/** How the first bytes of a protocol are told from those of another. */
export interface PeerProtocol {
  /** The product's name. */
  title: string;
  /** Whether an answer can begin so; null = more bytes are needed to tell. */
  begins(start: Buffer): boolean | null;
}

/**
 * A connection, as the stream that a client library reads and writes. It ends libraries' ways to take the process
 * down or to wait for ever: bytes of another protocol never reach them, what they throw on bytes that they cannot read
 * ends the connection, and a server that does not stop sending is cut off.
 */
export class PeerStream extends Duplex {
  /** Resolves with the first bytes of an answer. */
  readonly greeted: Promise<void>;
  /** Why the connection ended, as far as this side can tell. */
  trouble: ProbeFailure | null = null;
  readonly #where: string;
  readonly #protocol: PeerProtocol;
  readonly #greeting = Promise.withResolvers<void>();
  #socket: Socket;
  #start: Buffer | null = Buffer.alloc(0);
  #received = 0;

  /** Nothing is read before {@link listen}. */
  constructor(socket: Socket, where: string, protocol: PeerProtocol) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#where = where;
    this.#protocol = protocol;
    this.greeted = this.#greeting.promise;
    this.greeted.catch(() => undefined);
    // A library may have let go of the stream already: nobody else would hear it then.
    this.on('error', () => undefined);
    this.once('finish', () => this.destroy());
    this.once('end', () => this.destroy());
    this.#hear();
  }

  /** From now on, what the server sends is the library's. */
  listen(): void {
    this.#socket.on('data', this.#take);
  }

  /** Sends bytes and gives what the server answers first; only before {@link listen}. */
  ask(bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.once('close', () => reject(this.trouble ?? this.#hungUp()));
      this.#socket.once('data', (answer: Buffer) => {
        this.#socket.pause();
        resolve(answer);
      });
      this.#socket.write(bytes);
    });
  }

  /** Encrypts the connection. @throws ProbeFailure */
  async secure(host: string, { ca }: TlsChoice): Promise<void> {
    const wasListening = this.#socket.listeners('data').includes(this.#take);
    this.#socket.off('data', this.#take);
    try {
      const { socket, distrust } = await startTls(this.#socket, { host, ca: ca ?? undefined });
      this.#socket = socket;
      if (distrust !== null) throw distrust;
    } catch (error) {
      const failure = asProbeFailure(error);
      this.#fail(failure);
      throw failure;
    }
    this.#hear();
    if (wasListening) this.listen();
  }

  /** For a library that connects its stream itself: it is connected already. */
  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  /** What libraries tune on a socket: done already, or of no use to one that lives for a moment. */
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  /** What a library's listener throws would end the process: it ends the connection instead. */
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    try {
      return super.emit(event, ...args);
    } catch (error) {
      this.#fail(new ProbeFailure('protocol', this.#foreign('what cannot be read'), { cause: error }));
      return true;
    }
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#greeting.reject(this.trouble ?? this.#hungUp());
    this.#socket.destroy();
    done(error);
  }

  readonly #take = (chunk: Buffer): void => {
    this.#received += chunk.length;
    if (this.#received > BYTE_LIMIT) {
      this.#fail(new ProbeFailure('protocol', `${this.#where} sent more than ${BYTE_LIMIT} bytes`));
    } else if (this.#start === null) {
      this.#give(chunk);
    } else {
      this.#begin(Buffer.concat([this.#start, chunk]));
    }
  };

  #begin(start: Buffer): void {
    this.#start = start;
    const begins = this.#protocol.begins(start);
    if (begins === null) return;
    if (begins) {
      this.#start = null;
      this.#greeting.resolve();
      this.#give(start);
    } else {
      this.#fail(new ProbeFailure('protocol', this.#foreign(shown(start))));
    }
  }

  #hear(): void {
    this.#socket.on('error', (error) => this.#broke(error));
    this.#socket.on('close', () => this.#closed());
  }

  #give(chunk: Buffer): void {
    if (!this.push(chunk)) this.#socket.pause();
  }

  #broke(error: NodeJS.ErrnoException): void {
    const isHangUp = error.code === 'ECONNRESET' || error.code === 'EPIPE';
    this.#fail(isHangUp ? this.#hungUp() : asProbeFailure(error));
  }

  /** What came before is still to be read: a server says why before it closes. */
  #closed(): void {
    this.trouble ??= this.#hungUp();
    if (this.readableLength === 0) this.destroy(this.trouble);
    else this.push(null);
  }

  #fail(failure: ProbeFailure): void {
    this.trouble ??= failure;
    this.destroy(this.trouble);
  }

  #hungUp(): ProbeFailure {
    const { title } = this.#protocol;
    return this.#start === null
      ? new ProbeFailure('reset', `${this.#where} closed the connection before it had answered`)
      : new ProbeFailure('protocol', `${this.#where} accepts the connection and hangs up: not ${title}`);
  }

  #foreign(what: string): string {
    return `${this.#where} answers, but not as ${this.#protocol.title}: ${what}`;
  }
}

/** Characters of a foreign answer that are shown. */
const SHOWN_LENGTH = 40;

function shown(start: Buffer): string {
  const text = start.toString('latin1', 0, SHOWN_LENGTH);
  return JSON.stringify(text.replaceAll(/[^\x20-\x7e]+/g, '.'));
}
