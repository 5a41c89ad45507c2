import type { Run } from './model.ts';
import type { ProbeResult } from './run-once.ts';

/** Runs whose duration is remembered of each probe. */
const REMEMBERED = 240;

/** One point of a probe's recent past. */
export interface Point {
  /** Epoch ms. */
  at: number;
  /** Milliseconds. */
  duration: number;
  isWell: boolean;
}

interface Entry {
  result: ProbeResult;
  points: Point[];
}

/** What this node's probes measured last, in memory: by the check's internal id. */
export class LatestRuns {
  readonly #entries = new Map<number, Entry>();

  note(runs: readonly Run[]): void {
    for (const { checkId, result } of runs) {
      const point = { at: result.at, duration: result.duration, isWell: result.failure === null };
      const entry = this.#entries.get(checkId);
      if (entry === undefined) {
        this.#entries.set(checkId, { result, points: [point] });
        continue;
      }
      entry.result = result;
      entry.points.push(point);
      if (entry.points.length > 2 * REMEMBERED) entry.points = entry.points.slice(-REMEMBERED);
    }
  }

  forget(checkIds: readonly number[]): void {
    for (const id of checkIds) this.#entries.delete(id);
  }

  /** Oldest first. */
  pointsOf(checkId: number): readonly Point[] {
    return this.#entries.get(checkId)?.points.slice(-REMEMBERED) ?? [];
  }

  *results(): IterableIterator<[checkId: number, result: ProbeResult]> {
    for (const [checkId, { result }] of this.#entries) yield [checkId, result];
  }
}
