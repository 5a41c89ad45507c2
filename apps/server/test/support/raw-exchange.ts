/** Bytes over TCP, for what no HTTP client would send. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Exchange {
  /** Everything that came back. */
  answer: string;
  /** Whether the server ended the connection. */
  closed: boolean;
  /** Milliseconds until it ended, or until we gave up. */
  took: number;
}

/** A connection that remembers what it gets; errors end it quietly. */
export class RawConnection implements Disposable {
  readonly socket: Socket;
  answer = '';
  readonly #began = performance.now();
  readonly #end = Promise.withResolvers<void>();

  constructor(socket: Socket) {
    this.socket = socket.setEncoding('latin1').setNoDelay(true);
    socket.on('data', (text: string) => {
      this.answer += text;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.#end.resolve());
  }

  /** Resolves when the server has ended the connection, or after `within` ms. */
  async ended(within: number): Promise<Exchange> {
    const timer = setTimeout(() => this.#end.resolve(), within);
    await this.#end.promise;
    clearTimeout(timer);
    const { closed, destroyed } = this.socket;
    return { answer: this.answer, closed: closed || destroyed, took: performance.now() - this.#began };
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

export async function openRaw(port: number): Promise<RawConnection> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  return new RawConnection(socket);
}

/** Sends the bytes at once and waits for the end. */
export async function exchange(port: number, bytes: string, within: number): Promise<Exchange> {
  using connection = await openRaw(port);
  connection.socket.write(bytes, 'latin1');
  return await connection.ended(within);
}

/** The statuses of the answers in a text, in order. */
export function statusesIn(answer: string): number[] {
  return [...answer.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map((match) => Number(match[1]));
}
