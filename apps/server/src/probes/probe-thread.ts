import { Worker } from 'node:worker_threads';
import { AppError, messageOf } from '../errors.ts';
import type { Sibling } from './kind.ts';
import type { FromThread, OnceRequest, ProbeRules, ToThread } from './messages.ts';
import type { ProbeSpec } from './model.ts';
import type { ProbeResult } from './run-once.ts';

const ENTRY = new URL('./thread.ts', import.meta.url);
/** Megabytes of the thread's heap: a client library that runs away ends the thread, not the process. */
const HEAP = 512;
/** Runs that somebody waits for, at a time. */
const WAITING_LIMIT = 100;

type Ran = Extract<FromThread, { type: 'ran' }>;

export interface ProbeThreadOptions {
  rules(): ProbeRules;
  onRan(ran: Ran): void;
  /** Something threw outside of every run. */
  onFault(message: string): void;
  /** The other services of a project. */
  siblings(projectId: number, checkId: number | null): Promise<Sibling[]>;
  /** It died; one that is asked for again starts empty. */
  onDeath(reason: string): void;
  entry?: URL;
}

/** The thread of the probes, started with the first that it is given. */
export class ProbeThread {
  readonly #options: ProbeThreadOptions;
  readonly #waiting = new Map<number, PromiseWithResolvers<ProbeResult>>();
  #worker: Worker | null = null;
  #tickets = 0;
  #isClosing = false;

  constructor(options: ProbeThreadOptions) {
    this.#options = options;
  }

  set(specs: ProbeSpec[]): void {
    if (specs.length > 0) this.#send({ type: 'set', specs });
  }

  drop(codes: string[]): void {
    if (codes.length > 0 && this.#worker !== null) this.#send({ type: 'drop', codes });
  }

  /** Tells the thread the rules as they are now. */
  refreshRules(): void {
    if (this.#worker !== null) this.#send({ type: 'rules', rules: this.#options.rules() });
  }

  /** One run now. @throws AppError `unavailable`. */
  async once(request: Omit<OnceRequest, 'ticket'>): Promise<ProbeResult> {
    if (this.#waiting.size >= WAITING_LIMIT) {
      throw new AppError('unavailable', `${WAITING_LIMIT} runs are being waited for already`);
    }
    const ticket = ++this.#tickets;
    const waiting = Promise.withResolvers<ProbeResult>();
    this.#waiting.set(ticket, waiting);
    this.#send({ type: 'once', request: { ...request, ticket } });
    return waiting.promise;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#worker?.terminate();
  }

  #send(message: ToThread): void {
    if (this.#isClosing) return;
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(this.#options.entry ?? ENTRY, {
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
    });
    let reason = '';
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', (code) => this.#died(worker, reason === '' ? `exit code ${code}` : reason));
    worker.on('message', (message: FromThread) => {
      if (message.type === 'ran') this.#options.onRan(message);
      else if (message.type === 'once') this.#settle(message.ticket, message.result);
      else if (message.type === 'siblings') void this.#answer(message);
      else this.#options.onFault(message.message);
    });
    worker.postMessage({ type: 'rules', rules: this.#options.rules() } satisfies ToThread);
    return worker;
  }

  /** A store that cannot be read leaves the run to its deadline. */
  async #answer({ ticket, projectId, checkId }: Extract<FromThread, { type: 'siblings' }>): Promise<void> {
    try {
      const siblings = await this.#options.siblings(projectId, checkId);
      this.#send({ type: 'siblings', ticket, siblings });
    } catch (error) {
      this.#options.onFault(`services cannot be read: ${messageOf(error)}`);
    }
  }

  #settle(ticket: number, result: ProbeResult): void {
    this.#waiting.get(ticket)?.resolve(result);
    this.#waiting.delete(ticket);
  }

  #died(worker: Worker, reason: string): void {
    if (this.#worker === worker) this.#worker = null;
    const error = new AppError('unavailable', `the thread of the probes stopped: ${reason}`);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    if (!this.#isClosing) this.#options.onDeath(reason);
  }
}
