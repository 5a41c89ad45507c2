import type { Trouble } from './troubles.ts';

/** What a simulation tells of itself. */
export interface Report {
  pings: { taken: number; refused: number; unanswered: number; lost: number };
  troubles: Readonly<Record<Trouble['kind'], number>>;
  flips: number;
  /** Messages that came, and those of them that came again with the same key. */
  messages: number;
  doubled: number;
  /** Settlements that came too late: the lane was another node's by then. */
  refused: number;
  /** Milliseconds from flip to message where nothing was in the way. */
  delays: number[];
  /** What held messages back, and what became of them. */
  alerts: {
    held: number;
    released: number;
    untold: number;
    silence: number;
    maintenance: number;
    dependency: number;
    flapping: number;
    /** Alerts about runs, and ends that nobody was told of though the alert was. */
    runs: number;
    quiet: number;
  };
  people: {
    silenced: number;
    changed: number;
    expired: number;
    windows: number;
    acknowledged: number;
    paused: number;
    resumed: number;
  };
  violations: string[];
}
