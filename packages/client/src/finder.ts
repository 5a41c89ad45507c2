/** Which UUID has the check that is meant? Found by its name, or made. */
import { ApiError } from './api.ts';
import { type CheckSpec, type Checks, uuidOf } from './checks.ts';
import { reasonOf } from './http.ts';
import type { Log } from './log.ts';
import type { NamedTarget } from './report.ts';
import type { Settings } from './settings.ts';

/** Seconds below which Healthchecks' API takes no period. */
export const SHORTEST_PERIOD = 60;
/** Names that are remembered. */
const LIMIT = 10_000;

/** Finds checks by their names; makes those that are missing. Remembers what it found. */
export class Finder {
  readonly #checks: Checks;
  readonly #settings: Pick<Settings, 'graceMultiplier'>;
  readonly #log: Log;
  readonly #known = new Map<string, Promise<string>>();

  constructor(checks: Checks, settings: Pick<Settings, 'graceMultiplier'>, log: Log) {
    this.#checks = checks;
    this.#settings = settings;
    this.#log = log;
  }

  /** @throws ApiError, Unreachable. */
  uuid(target: NamedTarget): Promise<string> {
    const known = this.#known.get(target.name);
    if (known !== undefined) return known;
    if (this.#known.size >= LIMIT) this.#known.clear();
    const found = this.#findOrMake(target).catch((error: unknown) => {
      this.#known.delete(target.name);
      throw error;
    });
    this.#known.set(target.name, found);
    return found;
  }

  /** The check may be gone: it is looked for again. */
  forget(name: string): void {
    this.#known.delete(name);
  }

  /**
   * One call finds the check or makes it, however many ask at once. What is declared of it is set both ways; the
   * rest of a check that is there stays as people made it.
   */
  async #findOrMake(target: NamedTarget): Promise<string> {
    const { name, declared = {} } = target;
    const check = await this.#checks.create({
      ...specOf(declared, this.#settings.graceMultiplier),
      name,
      unique: ['name'],
    });
    const uuid = uuidOf(check);
    if (uuid === null) throw new ApiError(200, 'the server does not tell the UUID of the check');
    if (isFresh(check)) await this.#furnish(uuid, target);
    return uuid;
  }

  /** What only a new check gets: everybody is told of it. */
  async #furnish(uuid: string, { tags = '', desc = '' }: NamedTarget): Promise<void> {
    try {
      await this.#checks.update(uuid, { channels: '*', tags, desc });
    } catch (error) {
      this.#log.warn(`the new check ${uuid.slice(0, 8)}… tells nobody: ${reasonOf(error)}`);
    }
  }
}

/** Never pinged, and nobody has said who is told: as good as made just now. */
function isFresh(check: { n_pings: number; channels?: string; tags: string; desc: string }): boolean {
  return check.n_pings === 0 && check.channels === '' && check.tags === '' && check.desc === '';
}

type Declared = NonNullable<NamedTarget['declared']>;

/** The fields of a check as they are declared; a period without a grace time gets a multiple of itself as that. */
export function specOf(declared: Declared, graceMultiplier: number): CheckSpec {
  const {
    schedule,
    tz,
    timeout,
    grace = timeout === undefined ? undefined : timeout * graceMultiplier,
  } = declared;
  const atLeast = (seconds: number): number => Math.max(SHORTEST_PERIOD, Math.round(seconds));
  return {
    ...(schedule === undefined ? {} : { schedule }),
    ...(tz === undefined ? {} : { tz }),
    ...(timeout === undefined || schedule !== undefined ? {} : { timeout: atLeast(timeout) }),
    ...(grace === undefined ? {} : { grace: atLeast(grace) }),
  };
}
