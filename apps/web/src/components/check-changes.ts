/** What can be done to many checks alike: how each looks afterwards, and the call that does it. */
import type { BulkBody, BulkOutcome } from '@vigie/contract';
import type { CheckChange } from '../api/check-cache.ts';
import { ApiError, call } from '../api/client.ts';

export interface Action {
  verb: BulkBody['action'];
  /** The tag, or the channel's id. */
  value?: string;
  change: CheckChange;
}

/** Ids that one call takes. */
const CALL = 1_000;

/**
 * Does it to any number of checks. `keepalive`: also while the page is being left.
 * @throws ApiError when nothing was done; what the network lost halfway is among the failed.
 */
export async function inBulk(
  project: string,
  ids: readonly string[],
  { verb, value }: Action,
  keepalive: boolean,
): Promise<BulkOutcome> {
  const whole: BulkOutcome = { done: [], failed: [] };
  for (let start = 0; start < ids.length; start += CALL) {
    const body = {
      action: verb,
      ids: ids.slice(start, start + CALL),
      ...(value === undefined ? {} : { value }),
    };
    try {
      const query = { project };
      const { done, failed } = await call<BulkOutcome>('POST', '/checks/bulk', { query, body, keepalive });
      whole.done.push(...done);
      whole.failed.push(...failed);
    } catch (error) {
      if (!(error instanceof ApiError) || whole.done.length === 0) throw error;
      whole.failed.push(...ids.slice(start).map((id) => ({ id, message: error.message })));
      break;
    }
  }
  return whole;
}

export const PAUSE: Action = {
  verb: 'pause',
  change: (check) => ({
    ...check,
    status: 'paused',
    started: false,
    started_at: null,
    next_ping: null,
    deadline: null,
  }),
};
export const RESUME: Action = {
  verb: 'resume',
  change: (check) => ({ ...check, status: 'new', started: false, started_at: null, last_ping: null }),
};
export const REMOVE: Action = { verb: 'remove', change: () => null };
/** Brings back what was removed; how it looks then, the server knows alone. */
export const RESTORE: Action = { verb: 'restore', change: (check) => check };

/** Gives a tag, or takes it away. */
export function tagAction(tag: string, on: boolean): Action {
  return {
    verb: on ? 'tag' : 'untag',
    value: tag,
    change: (check) => ({ ...check, tags: withOrWithout(check.tags, tag, on) }),
  };
}

/** Adds a channel, or takes it away. */
export function channelAction(id: string, on: boolean): Action {
  return {
    verb: on ? 'add_channel' : 'remove_channel',
    value: id,
    change: (check) => ({ ...check, channels: withOrWithout(check.channels, id, on) }),
  };
}

function withOrWithout(all: readonly string[], one: string, on: boolean): string[] {
  const rest = all.filter((other) => other !== one);
  return on ? [...rest, one] : rest;
}
