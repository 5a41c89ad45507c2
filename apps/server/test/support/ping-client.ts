/** A small HTTP client on bare sockets: it knows which bytes it sent, and on which port. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A request under way; `answer` resolves with the status, null when the connection ended before. */
interface Waiting {
  resolve(status: number | null): void;
}

export interface PingRequest {
  code: string;
  /** ASCII. */
  body: string;
  /** `/start`, `/fail`, ...; a plain success by default. */
  action?: string;
}

/** One keep-alive connection: one request at a time, answers in order. */
export class PingConnection implements Disposable {
  readonly #socket: Socket;
  #waiting: Waiting | null = null;
  #received = '';
  #ended = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (text: string) => this.#take(text));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#end());
  }

  /** Of this end of the connection. */
  get localPort(): number {
    return this.#socket.localPort ?? 0;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Sends one ping; resolves with the status, or null when the connection ended without an answer. */
  send(ping: PingRequest): Promise<number | null> {
    if (this.#waiting !== null) throw new Error('BUG: one request at a time');
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#waiting = { resolve };
      this.#socket.write(
        `POST /ping/${ping.code}${ping.action ?? ''} HTTP/1.1\r\nHost: vigie\r\n` +
          `Content-Length: ${ping.body.length}\r\n\r\n${ping.body}`,
        'latin1',
      );
    });
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#received += text;
    const body = this.#received.indexOf('\r\n\r\n') + 4;
    if (body < 4) return;
    const head = this.#received.slice(0, body);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const end = length === undefined ? endOfChunks(this.#received, body) : body + Number(length);
    if (end === -1 || this.#received.length < end) return;
    this.#received = this.#received.slice(end);
    this.#settle(Number(head.slice(9, 12)));
  }

  #end(): void {
    this.#ended = true;
    this.#settle(null);
  }

  #settle(status: number | null): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve(status);
  }
}

const LAST_CHUNK = '\r\n0\r\n\r\n';

function endOfChunks(text: string, from: number): number {
  const last = text.indexOf(LAST_CHUNK, from);
  return last === -1 ? -1 : last + LAST_CHUNK.length;
}

/** Connects to a server on loopback. @throws when it does not listen. */
export async function connectPing(port: number): Promise<PingConnection> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  return new PingConnection(socket);
}
