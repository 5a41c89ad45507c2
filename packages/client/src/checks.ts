/** Checks: listed, made, changed, paused, removed. */
import { ApiError, type ApiSettings, callApi } from './api.ts';

export type CheckStatus = 'new' | 'up' | 'grace' | 'down' | 'paused' | 'started';

/** A check as the API shows it. */
export interface Check {
  name: string;
  slug: string;
  tags: string;
  desc: string;
  status: CheckStatus;
  started: boolean;
  /** Seconds. */
  grace: number;
  /** Seconds; absent where a schedule says when. */
  timeout?: number;
  schedule?: string;
  tz?: string;
  n_pings: number;
  last_ping: string | null;
  next_ping: string | null;
  /** Seconds; absent before a run was measured. */
  last_duration?: number;
  manual_resume: boolean;
  /** Absent for who may only look, like all addresses that change something. */
  uuid?: string;
  ping_url?: string;
  update_url?: string;
  pause_url?: string;
  resume_url?: string;
  channels?: string;
  /** In place of the UUID, for who may only look. */
  unique_key?: string;
}

/** What a check shall be; what is left out stays, or is the server's default in a new check. */
export interface CheckSpec {
  name?: string;
  slug?: string;
  /** Words with blanks between them. */
  tags?: string;
  desc?: string;
  /** Seconds between two pings, 60 at least. */
  timeout?: number;
  /** Seconds of patience, 60 at least. */
  grace?: number;
  /** Cron or OnCalendar. */
  schedule?: string;
  /** Time zone of the schedule. */
  tz?: string;
  /** `*` = all channels; else their ids or names with commas between them. */
  channels?: string;
  manual_resume?: boolean;
  methods?: '' | 'POST';
  /** Fields by which a check that is there already is recognised: it is changed then. */
  unique?: ('name' | 'slug' | 'tags' | 'timeout' | 'grace')[];
  /** Of a new check; only Vigie takes it. */
  uuid?: string;
}

/** A ping in the log. */
export interface LoggedPing {
  type: 'success' | 'start' | 'fail' | 'log' | 'ign';
  date: string;
  n: number;
  method: string;
  ua: string;
  rid: string | null;
  body_url: string | null;
  /** Seconds. */
  duration?: number;
}

/** A change between up and down. */
export interface Flip {
  timestamp: string;
  up: 0 | 1;
}

/**
 * The checks of the project that the key belongs to. `id` is a UUID; for `get` and `flips` also the `unique_key`
 * that a read-only key shows. Each call throws ApiError, with the server's words, or Unreachable.
 */
export interface Checks {
  /** With every one of the tags, or with the slug; all checks without. */
  list(filter?: { tag?: string | readonly string[]; slug?: string }): Promise<Check[]>;
  get(id: string): Promise<Check>;
  /** Makes a check; changes the one that `unique` finds, or that has the `uuid` already. */
  create(spec: CheckSpec): Promise<Check>;
  update(id: string, spec: CheckSpec): Promise<Check>;
  /** @returns the check that is gone. */
  delete(id: string): Promise<Check>;
  /** A paused check stays so. */
  pause(id: string): Promise<Check>;
  /** A check that is not paused stays as it is. */
  resume(id: string): Promise<Check>;
  /** The latest pings, newest first. */
  pings(id: string): Promise<LoggedPing[]>;
  flips(id: string): Promise<Flip[]>;
}

export function checksOf(settings: ApiSettings): Checks {
  const one = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Check> =>
    (await callApi(settings, method, path, body)) as Check;
  return {
    async list({ tag = [], slug } = {}) {
      const query = new URLSearchParams();
      for (const each of typeof tag === 'string' ? [tag] : tag) query.append('tag', each);
      if (slug !== undefined) query.set('slug', slug);
      return ((await callApi(settings, 'GET', `checks/?${query}`.replace(/\?$/, ''))) as { checks: Check[] })
        .checks;
    },
    get: (id) => one('GET', pathOf(id)),
    create: (spec) => one('POST', 'checks/', spec),
    update: (id, spec) => one('POST', pathOf(id), spec),
    delete: (id) => one('DELETE', pathOf(id)),
    pause: (id) => one('POST', `${pathOf(id)}/pause`, {}),
    async resume(id) {
      try {
        return await one('POST', `${pathOf(id)}/resume`, {});
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) return one('GET', pathOf(id));
        throw error;
      }
    },
    async pings(id) {
      return ((await callApi(settings, 'GET', `${pathOf(id)}/pings/`)) as { pings: LoggedPing[] }).pings;
    },
    async flips(id) {
      return ((await callApi(settings, 'GET', `${pathOf(id)}/flips/`)) as { flips: Flip[] }).flips;
    },
  };
}

function pathOf(id: string): string {
  return `checks/${encodeURIComponent(id)}`;
}

/** The UUID of a check, which only a read-write key shows; servers before the field had it in the address. */
export function uuidOf(check: Check): string | null {
  return check.uuid ?? check.ping_url?.split('/').pop() ?? null;
}
