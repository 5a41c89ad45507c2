/** Runs the probes of the shards that this node holds, and reports what they find. */
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { ProbeRow } from '../store/schema.ts';
import { WakeTimer } from '../work/timer.ts';
import type { OnceRequest, ProbeRules } from './messages.ts';
import type { ProbeSpec, Run } from './model.ts';
import { ProbeThread, type ProbeThreadOptions } from './probe-thread.ts';
import { crashResult, Quarantine } from './quarantine.ts';
import { RunBacklog } from './run-backlog.ts';
import type { ProbeResult } from './run-once.ts';
import { HOLD_EVERY } from './shards.ts';

/** Milliseconds until the store is asked again after it refused. */
const RETRY = 1_000;
/** Milliseconds between two readings of all probes; changes are told at once. */
const READ_EVERY = 60_000;

export interface EngineOptions {
  clock: Clock;
  rules(): ProbeRules;
  hasProbes(): Promise<boolean>;
  /** Holds this node's share of the shards. */
  hold(): Promise<number[]>;
  release(): Promise<void>;
  /** The probes of these shards, or only those of these checks. */
  specs(wanted: { shards: ReadonlySet<number>; codes?: readonly string[] }): Promise<ProbeSpec[]>;
  report(runs: Run[]): Promise<void>;
  /** What the store says to a run's question. */
  answer: ProbeThreadOptions['answer'];
  /** Told of every run and of how late it began, milliseconds. */
  onRuns(runs: readonly Run[], late: readonly number[], skipped: number): void;
  /** These checks, by internal id, are not probed by this node any more. */
  onLeft(checkIds: readonly number[]): void;
  onError(message: string): void;
  /** The file of the thread, where it is not the usual one. */
  entry?: URL;
}

/** A probe as the thread has it. */
interface Known {
  checkId: number;
  revision: number;
  form: string;
  isGuest: boolean;
}

export class ProbeEngine {
  readonly #options: EngineOptions;
  readonly #thread: ProbeThread;
  readonly #timer: WakeTimer;
  readonly #backlog: RunBacklog;
  readonly #quarantine = new Quarantine();
  /** What the thread has, by the check's code. */
  readonly #running = new Map<string, Known>();
  /** Internal ids of the checks that this node probes. */
  #probed: ReadonlySet<number> = new Set();
  /** After a death of the thread nothing begins at once: what ended it may have been the first that ran. */
  #isWary = false;
  #shards: ReadonlySet<number> = new Set();
  #hasHeld = false;
  /** When all probes were read, monotonic ms. */
  #readAt = Number.NEGATIVE_INFINITY;
  /** The readings under way. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#backlog = new RunBacklog(options);
    this.#thread = new ProbeThread({
      clock: options.clock,
      rules: options.rules,
      onRan: ({ runs, late, skipped }) => {
        for (const { checkId } of runs) this.#quarantine.clear(checkId);
        options.onRuns(runs, late, skipped);
        this.#backlog.take(runs);
      },
      answer: options.answer,
      onFault: (message) => options.onError(`a probe threw: ${message}`),
      onDeath: (reason, pause, underWay) => {
        options.onError(`the thread of the probes stopped, and starts anew in ${pause / 1000} s: ${reason}`);
        this.#hold(underWay, reason);
      },
      onRecovery: () => {
        this.#running.clear();
        this.#isWary = true;
        this.wake();
      },
      ...(options.entry === undefined ? {} : { entry: options.entry }),
    });
    this.#timer = new WakeTimer(options.clock, 0, () => this.#look());
  }

  /** Looks at shards and probes now. */
  wake(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
    this.#timer.wake(this.#options.clock.now());
  }

  /** These checks are probed in another way, or not at all, or are again; none = shards are free. */
  async changed(codes: readonly string[]): Promise<void> {
    if (!this.#hasHeld || codes.length === 0) return this.wake();
    try {
      await this.#inTurn(async () =>
        this.#apply(await this.#options.specs({ shards: this.#shards, codes }), new Set(codes)),
      );
    } catch (error) {
      this.#options.onError(`probes cannot be read: ${messageOf(error)}`);
      this.wake();
    }
  }

  /** Whether this node's own schedule has this check, by internal id. */
  probes(checkId: number): boolean {
    return this.#probed.has(checkId);
  }

  /** One run for somebody who waits for it. @throws AppError `unavailable`, `rate_limited`. */
  async once(request: Omit<OnceRequest, 'ticket'>): Promise<ProbeResult> {
    return (await this.#thread.once(request)).result;
  }

  /**
   * One run of a stored probe for somebody who waits for it; what it finds is taken as that of any other run.
   * `parents`: codes of the checks that its own depends on. @throws AppError as {@link once}.
   */
  async look(probe: ProbeRow, parents: readonly string[]): Promise<ProbeResult> {
    const { kind, timeout, revision, project_id: projectId, check_id: checkId } = probe;
    const { clock } = this.#options;
    const held = this.#quarantine.holds({ checkId, revision }, clock.monotonic());
    if (held !== null) return crashResult(held, clock.now());
    const settings = JSON.parse(probe.settings) as unknown;
    const request = { kind, settings, timeout, projectId, checkId, parents };
    const { result, isCutOff } = await this.#thread.once(request);
    this.#quarantine.clear(checkId);
    const run: Run = { checkId, revision, result, ...(isCutOff ? { isCutOff } : {}) };
    this.#options.onRuns([run], [], 0);
    await this.#options.report([run]);
    return result;
  }

  async stop(): Promise<void> {
    await this.#timer.stop();
    await this.#thread.close();
    await this.#backlog.stop();
  }

  /** Leaves the shards to others: once it has stopped, and nobody counts this node any more. */
  async release(): Promise<void> {
    if (!this.#hasHeld) return;
    await this.#options.release().catch((error: unknown) => this.#options.onError(messageOf(error)));
  }

  #noteProbed(): void {
    const own = [...this.#running.values()].filter(({ isGuest }) => !isGuest);
    const probed = new Set(own.map(({ checkId }) => checkId));
    const left = [...this.#probed].filter((id) => !probed.has(id));
    this.#probed = probed;
    if (left.length > 0) this.#options.onLeft(left);
  }

  /** Those that did it again and again have failed, and are kept from the thread for a while. */
  #hold(underWay: readonly number[], reason: string): void {
    const { clock, onError, onRuns } = this.#options;
    const tried = [...this.#running.values()].filter(({ checkId }) => underWay.includes(checkId));
    const held = this.#quarantine.died(tried, reason, clock.monotonic());
    const runs = held.map(({ checkId, revision, message }) => ({
      checkId,
      revision,
      result: crashResult(message, clock.now()),
    }));
    for (const { checkId, pause } of held)
      onError(`check ${checkId} is not probed for ${pause / 60_000} min: its probe crashes its thread`);
    if (runs.length === 0) return;
    onRuns(runs, [], 0);
    this.#backlog.take(runs);
  }

  async #look(): Promise<number | null> {
    const { clock, hasProbes, hold, onError } = this.#options;
    try {
      // The first probe says that it is there.
      if (!this.#hasHeld && !(await hasProbes())) return null;
      const held = new Set(await hold());
      if (held.size !== this.#shards.size || [...held].some((shard) => !this.#shards.has(shard)))
        this.#readAt = Number.NEGATIVE_INFINITY;
      this.#shards = held;
      this.#hasHeld = true;
      if (clock.monotonic() - this.#readAt >= READ_EVERY) await this.#inTurn(() => this.#readAll());
      this.#thread.refreshRules();
      return clock.now() + HOLD_EVERY;
    } catch (error) {
      onError(`probes cannot be held: ${messageOf(error)}`);
      return clock.now() + RETRY;
    }
  }

  async #readAll(): Promise<void> {
    const at = this.#options.clock.monotonic();
    const all = await this.#options.specs({ shards: this.#shards });
    this.#apply(this.#isWary ? all.map((spec) => ({ ...spec, isFresh: false })) : all, null);
    this.#isWary = false;
    this.#readAt = at;
  }

  /** What was read first is applied first: an older word never takes the place of a newer one. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Makes the thread run these and, of those in `among` (null = of all), no others. */
  #apply(specs: readonly ProbeSpec[], among: ReadonlySet<string> | null): void {
    const wanted = new Map(specs.map((spec) => [spec.code, spec]));
    const candidates = among ?? this.#running.keys();
    const gone = [...candidates].filter((code) => this.#running.has(code) && !wanted.has(code));
    const now = this.#options.clock.monotonic();
    const holds = (spec: ProbeSpec) => this.#quarantine.holds(spec, now) !== null;
    const told = specs.map((spec) =>
      this.#quarantine.isSuspect(spec) ? { ...spec, isSuspect: true } : spec,
    );
    const changed = told.filter((spec) => this.#running.get(spec.code)?.form !== formOf(spec, holds(spec)));
    for (const code of gone) {
      this.#quarantine.clear(this.#running.get(code)?.checkId ?? 0);
      this.#running.delete(code);
    }
    for (const spec of changed) {
      const { code, checkId, revision, isGuest = false } = spec;
      this.#running.set(code, { checkId, revision, form: formOf(spec, holds(spec)), isGuest });
    }
    this.#thread.drop([...gone, ...changed.filter(holds).map(({ code }) => code)]);
    this.#thread.set(changed.filter((spec) => !holds(spec)));
    this.#noteProbed();
  }
}

function formOf(
  { checkId, revision, isGuest = false, isSuspect = false, parents }: ProbeSpec,
  isHeld: boolean,
): string {
  return [checkId, revision, isGuest, isSuspect, isHeld, ...parents].join(' ');
}
