import type { Socket } from 'node:net';
import { asProbeFailure, ProbeFailure } from './failure.ts';

/** Bytes of all answers of one talk: several times what the protocols that are lines of text answer. */
const ANSWER_LIMIT = 1_048_576;

/** A protocol of text over an open connection: what is sent, and answers read piece by piece in bounded memory. */
export class Talk {
  readonly #socket: Socket;
  readonly #peer: string;
  readonly #limit: number;
  #text = '';
  #received = 0;
  #ended: ProbeFailure | null = null;
  #wake: () => void = () => undefined;

  /** `peer` is how failures name the other side. */
  constructor(socket: Socket, peer: string, limit = ANSWER_LIMIT) {
    this.#socket = socket;
    this.#peer = peer;
    this.#limit = limit;
    socket.on('data', this.#onData);
    socket.once('error', this.#onError);
    socket.once('close', this.#onClose);
  }

  send(text: string): void {
    this.#socket.write(text);
  }

  /** The next line, without its end. @throws ProbeFailure when the other side hangs up before. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#text.indexOf('\n');
      if (end >= 0) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return line.endsWith('\r') ? line.slice(0, -1) : line;
      }
      if (this.#ended !== null) throw this.#ended;
      await this.#more();
    }
  }

  /** All that comes until the other side closes. @throws ProbeFailure when it breaks off, or says nothing. */
  async rest(): Promise<string> {
    while (this.#ended === null) await this.#more();
    if (!this.#socket.readableEnded || this.#received === 0) throw this.#ended;
    return this.#text;
  }

  /** Leaves the connection to somebody else. */
  release(): Socket {
    this.#socket.off('data', this.#onData).off('error', this.#onError).off('close', this.#onClose);
    return this.#socket;
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#received += chunk.length;
    if (this.#received > this.#limit) {
      this.#end(new ProbeFailure('protocol', `${this.#peer} answered more than ${this.#limit} bytes`));
      this.#socket.destroy();
      return;
    }
    this.#text += chunk.toString('latin1');
    this.#wake();
  };

  readonly #onError = (error: Error): void => {
    const { reason, message } = asProbeFailure(error);
    if (reason === 'reset') this.#end(this.#hungUp(error));
    else this.#end(new ProbeFailure(reason, message, { cause: error }));
  };

  readonly #onClose = (): void => this.#end(this.#hungUp());

  /** Who hangs up without a word speaks something else; who does so later goes away. */
  #hungUp(cause?: Error): ProbeFailure {
    return this.#received === 0
      ? new ProbeFailure('protocol', `${this.#peer} hung up without an answer`, { cause })
      : new ProbeFailure('reset', `${this.#peer} hung up in the middle of an answer`, { cause });
  }

  #end(failure: ProbeFailure): void {
    this.#ended ??= failure;
    this.#wake();
  }
}
