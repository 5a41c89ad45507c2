import type { Outage } from './downtime.ts';

/** A process took over what the last one left. Virtual time. */
export interface Restart {
  /** When the last one ended. */
  cut: number;
  /** When nobody watched, as the new one found. */
  outages: readonly Outage[];
}

/**
 * One who holds what the server did against what was promised. A feature that promises something has a judge of
 * its own, told of its part of the world by whoever acts there (jobs, providers, operators).
 */
export interface Judge {
  /** Time has moved on, and nothing has happened at the new instant yet. */
  advance?(now: number): void;
  restarted?(restart: Restart): void;
  /** Once a day: compares all that can be compared at any time. */
  audit?(): void;
  /** All is over, and has been quiet for a while: compares what had to be waited for. */
  conclude?(): void;
}
