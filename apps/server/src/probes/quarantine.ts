/** Probes whose runs end the thread of all: found out, and kept from it. */
import type { ProbeResult } from './run-once.ts';

/** Deaths of the thread in a row with a probe's run under way until it is kept from it. */
const STRIKES = 3;
/** Milliseconds until it is tried again, twice as long each time. */
const PAUSE = { first: 300_000, longest: 3_600_000 } as const;

/** A probe as it is: what is changed begins anew. */
export interface Tried {
  checkId: number;
  revision: number;
}

interface Case {
  revision: number;
  strikes: number;
  /** Monotonic ms until which it is not run. */
  until: number;
  /** How the thread ended. */
  reason: string;
}

/** One that is kept from the thread from now on. */
export interface Held extends Tried {
  /** Milliseconds. */
  pause: number;
  /** Why, in words. */
  message: string;
}

/**
 * Suspects all whose runs were under way when the thread died. A suspect runs while no other suspect does, and is
 * cleared by a run that ends: so of many, the one that does it is left, and after {@link STRIKES} deaths it is held.
 */
export class Quarantine {
  readonly #cases = new Map<number, Case>();

  /** The thread died with these under way, `reason` says how. @returns those that are held now. */
  died(underWay: readonly Tried[], reason: string, now: number): Held[] {
    const suspects = underWay.filter((tried) => this.isSuspect(tried));
    const blamed = suspects.length > 0 ? suspects : underWay;
    return blamed.flatMap(({ checkId, revision }) => {
      const strikes = (this.#of({ checkId, revision })?.strikes ?? 0) + 1;
      const isHeld = strikes >= STRIKES;
      const pause = isHeld ? Math.min(PAUSE.longest, PAUSE.first * 2 ** (strikes - STRIKES)) : 0;
      const own = { revision, strikes, until: now + pause, reason };
      this.#cases.set(checkId, own);
      return isHeld ? [{ checkId, revision, pause, message: crashText(own) }] : [];
    });
  }

  /** Its run ended, however it ended. */
  clear(checkId: number): void {
    this.#cases.delete(checkId);
  }

  isSuspect(tried: Tried): boolean {
    return this.#of(tried) !== undefined;
  }

  /** Why it is not run now, in words; null = it may. */
  holds(tried: Tried, now: number): string | null {
    const own = this.#of(tried);
    if (own === undefined || own.until <= now) return null;
    return crashText(own);
  }

  #of({ checkId, revision }: Tried): Case | undefined {
    const own = this.#cases.get(checkId);
    return own?.revision === revision ? own : undefined;
  }
}

function crashText({ strikes, reason }: Case): string {
  return `the probe crashed its thread ${strikes} times in a row (${reason})`;
}

/** What stands for the run of a probe that is held. */
export function crashResult(message: string, at: number): ProbeResult {
  return {
    ...{ at, duration: 0, phases: [], samples: [], details: {} },
    failure: { reason: 'internal', message, phase: null },
  };
}
