import type { StoreView } from './store-view.ts';

export interface Outage {
  from: number;
  to: number;
}

/** When the server really was away, in wall time, beside what it entered about it. */
export class Downtime {
  /** When it was last known to live: a sign of life was acknowledged. */
  #alive = 0;
  #cutAt = 0;
  #starts: number[] = [];
  /** Entries that are known. */
  #known = 0;

  onAlive(wall: number): void {
    this.#alive = wall;
  }

  /** Cuts while it is starting belong to the same downtime. */
  onCut(wall: number): void {
    if (this.#starts.length === 0) this.#cutAt = wall;
  }

  onStart(wall: number): void {
    this.#starts.push(wall);
  }

  /** The entries since the last call; they must tell the downtime as it was. */
  entered(view: StoreView, onViolation: (text: string) => void): Outage[] {
    const rows = view.outages();
    const outages = rows.slice(this.#known);
    this.#known = rows.length;
    const told = JSON.stringify(outages);
    const [first] = outages;
    const last = outages.at(-1);
    if (first === undefined || first.from < this.#alive || (first === last && first.from > this.#cutAt)) {
      onViolation(`outages ${told} were entered; alive at ${this.#alive}, cut at ${this.#cutAt}`);
    }
    if (outages.some(({ to }) => !this.#starts.includes(to)) || last?.to !== this.#starts.at(-1)) {
      onViolation(`outages ${told} were entered; started at ${this.#starts.join(', ')}`);
    }
    return outages;
  }

  /** It runs again. */
  end(wall: number): void {
    this.#alive = wall;
    this.#starts = [];
  }
}
