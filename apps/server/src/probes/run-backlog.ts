import type { Clock } from '../clock.ts';
import { AppError, messageOf } from '../errors.ts';
import type { Run } from './model.ts';

/** Milliseconds until a store that refused is asked again. */
const RETRY = 1_000;
/** Runs in one report. */
const REPORT_SIZE = 500;

export interface RunBacklogOptions {
  clock: Clock;
  report(runs: Run[]): Promise<void>;
  onError(message: string): void;
  /** Runs that wait for the store, and measured values of them; beyond it the oldest are forgotten. */
  limits?: { runs: number; samples: number };
}

/** Some 100 MB. */
const LIMITS = { runs: 50_000, samples: 500_000 };

/** Hands runs to the store in their order, keeps them while it refuses, and lets go of what it can never take. */
export class RunBacklog {
  readonly #options: RunBacklogOptions;
  #runs: Run[] = [];
  #samples = 0;
  #reporting: Promise<void> | null = null;
  #stopped = false;

  constructor(options: RunBacklogOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#runs.length;
  }

  take(runs: readonly Run[]): void {
    this.#runs.push(...runs);
    this.#samples += samplesOf(runs);
    this.#forgetOldest();
    this.#reporting ??= this.#reportAll().finally(() => {
      this.#reporting = null;
    });
  }

  /** Resolves when what it had is stored, or cannot be. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#reporting;
  }

  #forgetOldest(): void {
    const { runs: mostRuns, samples: mostSamples } = this.#options.limits ?? LIMITS;
    let gone = Math.max(0, this.#runs.length - mostRuns);
    let samples = this.#samples - samplesOf(this.#runs.slice(0, gone));
    for (; samples > mostSamples && gone < this.#runs.length; gone++) {
      samples -= this.#runs[gone]?.result.samples.length ?? 0;
    }
    if (gone > 0) this.#runs = this.#runs.slice(gone);
    this.#samples = samples;
  }

  async #reportAll(): Promise<void> {
    const { clock, onError } = this.#options;
    while (this.#runs.length > 0) {
      const runs = this.#runs.splice(0, REPORT_SIZE);
      try {
        await this.#report(runs);
        this.#samples -= samplesOf(runs);
      } catch (error) {
        onError(`runs of probes could not be stored: ${messageOf(error)}`);
        if (this.#stopped) return;
        this.#runs.unshift(...runs);
        await new Promise<void>((resolve) => clock.after(RETRY, resolve));
      }
    }
  }

  /** What the store refuses although it can write is one run's fault: halving finds it, and lets the others through. */
  async #report(runs: Run[]): Promise<void> {
    try {
      await this.#options.report(runs);
    } catch (error) {
      if (error instanceof AppError && error.code === 'unavailable') throw error;
      const [only] = runs;
      if (runs.length === 1 && only !== undefined) {
        this.#options.onError(`a run of check ${only.checkId} cannot be stored: ${messageOf(error)}`);
        return;
      }
      const middle = runs.length >> 1;
      await this.#report(runs.slice(0, middle));
      await this.#report(runs.slice(middle));
    }
  }
}

function samplesOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { result }) => sum + result.samples.length, 0);
}
