import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { AppError, messageOf } from '../errors.ts';
import type {
  Answer,
  Asker,
  FromThread,
  OnceAnswer,
  OnceRequest,
  ProbeRules,
  Question,
  ToThread,
} from './messages.ts';
import type { ProbeSpec } from './model.ts';
import type { ProbeResult } from './run-once.ts';
import { UnderWay } from './under-way.ts';
import { WaitingRuns } from './waiting-runs.ts';

const ENTRY = new URL('./thread.ts', import.meta.url);
/** Megabytes of the thread's heap: a client library that runs away ends the thread, not the process. */
const HEAP = 512;
/** Milliseconds after which a thread that says nothing is ended: it spins. */
const SILENT = 30_000;
/** Milliseconds until one that died is started again, twice as long each time. */
const PAUSE = { first: 1_000, longest: 60_000 } as const;
/** Milliseconds that a thread must live for its death to be the first again. */
const SOUND = 120_000;

/** Runs by the server's own clock: that of the thread is the machine's, which may have been set. */
type Ran = Omit<Extract<FromThread, { type: 'ran' }>, 'ages'>;

export interface ProbeThreadOptions {
  clock: Clock;
  rules(): ProbeRules;
  onRan(ran: Ran): void;
  /** Something threw outside of every run. */
  onFault(message: string): void;
  /** What the store says to a run's question. */
  answer(asker: Asker, question: Question): Promise<Answer>;
  /** It died while runs of these checks were under way, and takes nothing for `pause` milliseconds. */
  onDeath(reason: string, pause: number, underWay: number[]): void;
  /** It takes probes again, and has none. */
  onRecovery(): void;
  entry?: URL;
}

/** The thread of the probes, started with the first that it is given, and again a while after it died. */
export class ProbeThread {
  readonly #options: ProbeThreadOptions;
  readonly #waiting = new WaitingRuns();
  #worker: Worker | null = null;
  #underWay = new UnderWay();
  #startedAt = 0;
  /** Monotonic ms since when a question is unanswered; null = none is. */
  #askedAt: number | null = null;
  #deaths = 0;
  /** Ends the wait for the next start; null = it may start. */
  #endPause: (() => void) | null = null;
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

  /** Tells the thread the rules as they are now, and ends one that no longer listens. */
  refreshRules(): void {
    if (this.#worker === null) return;
    const now = this.#options.clock.monotonic();
    if (this.#askedAt !== null && now - this.#askedAt >= SILENT) {
      this.#died(this.#worker, `it said nothing for ${SILENT / 1000} s`);
      return;
    }
    this.#askedAt ??= now;
    this.#send({ type: 'rules', rules: this.#options.rules() });
  }

  /** One run now. @throws AppError `unavailable`, or `rate_limited` where the project has too many. */
  async once(request: Omit<OnceRequest, 'ticket'>): Promise<OnceAnswer> {
    if (this.#isClosing) throw new AppError('unavailable', 'the server is stopping');
    if (this.#endPause !== null)
      throw new AppError('unavailable', 'the thread of the probes is starting anew');
    return this.#waiting.wait(request.projectId, (ticket) =>
      this.#send({ type: 'once', request: { ...request, ticket } }),
    );
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#endPause?.();
    await this.#worker?.terminate();
    this.#waiting.end(new AppError('unavailable', 'the server is stopping'));
  }

  /** What is sent to one that is dead is lost: it is told everything when it recovers. */
  #send(message: ToThread): void {
    if (this.#isClosing || this.#endPause !== null) return;
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const workerData = UnderWay.memory();
    this.#underWay = new UnderWay(workerData);
    const worker = new Worker(this.#options.entry ?? ENTRY, {
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
      workerData,
    });
    this.#startedAt = this.#options.clock.monotonic();
    this.#askedAt = this.#startedAt;
    let reason = '';
    worker.on('error', (error) => {
      reason = messageOf(error);
    });
    worker.once('exit', (code) => this.#died(worker, reason === '' ? `exit code ${code}` : reason));
    worker.on('message', (message: FromThread) => this.#take(message));
    worker.postMessage({ type: 'rules', rules: this.#options.rules() } satisfies ToThread);
    return worker;
  }

  #take(message: FromThread): void {
    switch (message.type) {
      case 'ran':
        this.#options.onRan(this.#timed(message));
        return;
      case 'once':
        this.#waiting.settle(message.ticket, {
          ...message,
          result: this.#began(message.result, message.age),
        });
        return;
      case 'question':
        void this.#answer(message);
        return;
      case 'alive':
        this.#askedAt = null;
        return;
      case 'fault':
        this.#options.onFault(message.message);
    }
  }

  #timed({ ages, ...ran }: Extract<FromThread, { type: 'ran' }>): Ran {
    const runs = ran.runs.map((run, i) => ({ ...run, result: this.#began(run.result, ages[i] ?? 0) }));
    return { ...ran, runs };
  }

  #began(result: ProbeResult, age: number): ProbeResult {
    return { ...result, at: Math.round(this.#options.clock.now() - age) };
  }

  /** A store that cannot be read leaves the run to its deadline. */
  async #answer({ ticket, asker, question }: Extract<FromThread, { type: 'question' }>): Promise<void> {
    try {
      this.#send({ type: 'answer', ticket, answer: await this.#options.answer(asker, question) });
    } catch (error) {
      this.#options.onFault(`what a run asks for cannot be read: ${messageOf(error)}`);
    }
  }

  #died(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    void worker.terminate();
    this.#waiting.end(new AppError('unavailable', `the thread of the probes stopped: ${reason}`));
    if (this.#isClosing) return;
    const { clock, onDeath, onRecovery } = this.#options;
    this.#deaths = clock.monotonic() - this.#startedAt > SOUND ? 1 : this.#deaths + 1;
    const pause = Math.min(PAUSE.longest, PAUSE.first * 2 ** (this.#deaths - 1));
    this.#endPause = clock.after(pause, () => {
      this.#endPause = null;
      onRecovery();
    });
    onDeath(reason, pause, this.#underWay.checkIds());
  }
}
