/** How often somebody may ask for a run of a probe. */
import { actorOf, type Identity } from '../../accounts/identity.ts';
import { RateLimit } from '../../accounts/rate-limit.ts';
import type { Clock } from '../../clock.ts';
import type { ProjectRow } from '../../store/schema.ts';

/** Milliseconds. */
const MINUTE = 60_000;
/** A person who looks at each of many services; a script that does so every few seconds has the monitoring API. */
const BY_ONE = { limit: 60, window: MINUTE, capacity: 10_000 };
const OF_PROJECT = { limit: 300, window: MINUTE, capacity: 10_000 };

/** Counts runs that are asked for: who may ask may have any server called, as often as he asks. */
export class AskedRuns {
  readonly #clock: Clock;
  readonly #byOne = new RateLimit(BY_ONE);
  readonly #ofProject = new RateLimit(OF_PROJECT);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws RateLimited when this caller, or all of the project together, asked too often. */
  take({ id }: Pick<ProjectRow, 'id'>, identity: Identity): void {
    const now = this.#clock.monotonic();
    this.#byOne.take(`${id} ${actorOf(identity)}`, now);
    this.#ofProject.take(String(id), now);
  }
}
