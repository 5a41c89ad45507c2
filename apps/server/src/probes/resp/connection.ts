import type { Socket } from 'node:net';
import { ProbeFailure } from '../failure.ts';
import { redisFailure } from './failure.ts';
import { encodeCommand, NotRedis, RedisError, type Reply, ReplyReader } from './reply.ts';

/** Bytes of an answer unless told: INFO takes some 10 kB. */
const ANSWER_LIMIT = 1_048_576;

interface Waiting {
  command: string;
  resolve(reply: Reply): void;
  reject(failure: ProbeFailure): void;
}

/**
 * Commands and answers over an open socket, in order. The usual client keeps answers of any length and a socket that
 * is still connecting; a probe may do neither.
 */
export class RedisConnection implements Disposable {
  readonly #socket: Socket;
  readonly #place: string;
  readonly #reader: ReplyReader;
  readonly #waiting: Waiting[] = [];
  #hasAnswered = false;
  #ended: ProbeFailure | null = null;

  /** `place` is what failures call it; answers beyond `limit` bytes end it. */
  constructor(socket: Socket, place: string, limit = ANSWER_LIMIT) {
    this.#socket = socket;
    this.#place = place;
    this.#reader = new ReplyReader(limit);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => this.#end(this.#gone()));
    socket.on('close', () => this.#end(this.#gone()));
  }

  /** What failures call it. */
  get place(): string {
    return this.#place;
  }

  /** Sends a command; gives its answer. @throws ProbeFailure, an error that Redis answered included. */
  command(...words: [string, ...(string | number)[]]): Promise<Exclude<Reply, RedisError>> {
    const { promise, resolve, reject } = Promise.withResolvers<Exclude<Reply, RedisError>>();
    const [command] = words;
    const settle = (reply: Reply): void => {
      if (reply instanceof RedisError) reject(redisFailure(reply, this.#place, command));
      else resolve(reply);
    };
    if (this.#ended !== null) reject(this.#ended);
    else {
      this.#waiting.push({ command, resolve: settle, reject });
      this.#socket.write(encodeCommand(words));
    }
    return promise;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#ended !== null) return;
    try {
      for (const reply of this.#reader.read(chunk)) this.#give(reply);
    } catch (error) {
      if (!(error instanceof NotRedis)) throw error;
      this.#end(
        new ProbeFailure('protocol', `${this.#place} does not answer as Redis does: ${error.message}`),
      );
    }
  }

  #give(reply: Reply): void {
    const waiting = this.#waiting.shift();
    this.#hasAnswered = true;
    if (waiting !== undefined) waiting.resolve(reply);
    // Redis turns connections away before they ask: too many clients, protected mode.
    else if (reply instanceof RedisError) this.#end(redisFailure(reply, this.#place, 'the connection'));
    else this.#end(new ProbeFailure('protocol', `${this.#place} answered what nobody had asked`));
  }

  #gone(): ProbeFailure {
    return this.#hasAnswered
      ? new ProbeFailure('reset', `${this.#place} closed the connection in the middle`)
      : new ProbeFailure('protocol', `${this.#place} closed the connection without an answer`);
  }

  #end(failure: ProbeFailure): void {
    if (this.#ended !== null) return;
    this.#ended = failure;
    this.#socket.destroy();
    for (const { reject } of this.#waiting.splice(0)) reject(failure);
  }
}
