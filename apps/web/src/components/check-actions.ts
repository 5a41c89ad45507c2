/** What is done to one check or to many: shown at once, taken back by "undo". */
import { useQueryClient } from '@tanstack/react-query';
import type { BulkBody, BulkOutcome, Check } from '@vigie/contract';
import { useMemo } from 'react';
import { type CheckChange, patchChecks } from '../api/check-cache.ts';
import { call } from '../api/client.ts';
import { useT } from '../i18n/language.tsx';
import { defineMessages, type Message } from '../i18n/messages.ts';
import { useProject } from '../shell/project.ts';
import { useHeldBack } from './held-back.ts';
import { showPending } from './pending-changes.ts';
import { useToasts } from './toast.tsx';

type Verb = BulkBody['action'];

interface Action {
  verb: Verb;
  /** The tag, or the channel's id. */
  value?: string;
  change: CheckChange;
}

/** Ids that one call takes. */
const CALL = 1_000;
/** Checks that can be dealt with while the page is being left: the browser sends 64 kB then, and no more. */
export const HOLDABLE = 1_500;

export interface CheckActions {
  pause(checks: readonly Check[]): void;
  resume(checks: readonly Check[]): void;
  remove(checks: readonly Check[]): void;
  /** Without a moment to take it back. */
  removeNow(checks: readonly Check[]): Promise<void>;
  tag(checks: readonly Check[], tag: string, on: boolean): void;
  setChannel(checks: readonly Check[], channel: { id: string; name: string }, on: boolean): void;
}

export function useCheckActions(): CheckActions {
  const t = useT();
  const { id: project } = useProject();
  const client = useQueryClient();
  const toasts = useToasts();
  const holdBack = useHeldBack();
  return useMemo(() => {
    /** Does it now. @returns the ids of those that it was done to. */
    const perform = async (ids: readonly string[], action: Action, keepalive = false): Promise<string[]> => {
      const { done, failed } = await inBulk(project, ids, action, keepalive);
      const all = new Set(done);
      patchChecks(client, project, (check) => (all.has(check.id) ? action.change(check) : check));
      const first = failed[0];
      if (first !== undefined) toasts.fail(t(messages.failed, { count: failed.length, why: first.message }));
      return done;
    };
    /** Does it now, and can do the contrary. */
    const reversible = (checks: readonly Check[], action: Action, contrary: Action, text: string): void => {
      const ids = checks.map(({ id }) => id);
      const settle = showPending(ids, action.change);
      const undo = (done: readonly string[]): void => {
        const settleBack = showPending(done, contrary.change);
        void perform(done, contrary).catch(toasts.fail).finally(settleBack);
      };
      void perform(ids, action)
        .then((done) => {
          if (done.length > 0) toasts.say(text, { undo: () => undo(done) });
        })
        .catch(toasts.fail)
        .finally(settle);
    };
    /** Does it when nobody can take it back any more: the server knows no way back. */
    const heldBack = (checks: readonly Check[], action: Action, text: string): void => {
      const ids = checks.map(({ id }) => id);
      const settle = showPending(ids, action.change);
      holdBack({
        text,
        undo: settle,
        async commit(keepalive) {
          await perform(ids, action, keepalive);
          settle();
        },
      });
    };
    const many = (message: Message, checks: readonly Check[], values = {}): string =>
      t(message, { count: checks.length, name: nameOf(checks[0]), ...values });
    return {
      pause(checks) {
        const wanted = checks.filter(({ status }) => status !== 'paused');
        if (wanted.length > 0) heldBack(wanted, PAUSE, many(messages.paused, wanted));
      },
      resume(checks) {
        const wanted = checks.filter(({ status }) => status === 'paused');
        if (wanted.length > 0) reversible(wanted, RESUME, PAUSE, many(messages.resumed, wanted));
      },
      remove: (checks) => heldBack(checks, REMOVE, many(messages.removed, checks)),
      async removeNow(checks) {
        const ids = checks.map(({ id }) => id);
        const done = await perform(ids, REMOVE);
        toasts.say(t(messages.removed, { count: done.length, name: nameOf(checks[0]) }));
      },
      tag(checks, tag, on) {
        const wanted = checks.filter(({ tags }) => tags.includes(tag) !== on);
        const [add, take] = [tagAction(tag, true), tagAction(tag, false)];
        if (wanted.length === 0) return;
        const text = many(on ? messages.tagged : messages.untagged, wanted, { tag });
        reversible(wanted, on ? add : take, on ? take : add, text);
      },
      setChannel(checks, { id, name }, on) {
        const wanted = checks.filter(({ channels }) => channels.includes(id) !== on);
        const [add, take] = [channelAction(id, true), channelAction(id, false)];
        if (wanted.length === 0) return;
        const text = many(on ? messages.told : messages.untold, wanted, { channel: name });
        reversible(wanted, on ? add : take, on ? take : add, text);
      },
    };
  }, [t, project, client, toasts, holdBack]);
}

async function inBulk(
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
    const { done, failed } = await call<BulkOutcome>('POST', '/checks/bulk', {
      query: { project },
      body,
      keepalive,
    });
    whole.done.push(...done);
    whole.failed.push(...failed);
  }
  return whole;
}

const PAUSE: Action = {
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
const RESUME: Action = {
  verb: 'resume',
  change: (check) => ({ ...check, status: 'new', started: false, started_at: null, last_ping: null }),
};
const REMOVE: Action = { verb: 'remove', change: () => null };

function tagAction(tag: string, on: boolean): Action {
  return {
    verb: on ? 'tag' : 'untag',
    value: tag,
    change: (check) => ({ ...check, tags: withOrWithout(check.tags, tag, on) }),
  };
}

function channelAction(id: string, on: boolean): Action {
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

/** What a check is called where it has no name. */
export function nameOf(check: Pick<Check, 'name' | 'slug' | 'id'> | undefined): string {
  return check === undefined ? '' : check.name || check.slug || check.id;
}

const messages = defineMessages({
  paused: {
    en: '{count, plural, one {Paused {name}} other {Paused # checks}}',
    fr: '{count, plural, one {{name} suspendu} other {# contrôles suspendus}}',
  },
  resumed: {
    en: '{count, plural, one {Resumed {name}} other {Resumed # checks}}',
    fr: '{count, plural, one {{name} repris} other {# contrôles repris}}',
  },
  removed: {
    en: '{count, plural, one {Deleted {name}} other {Deleted # checks}}',
    fr: '{count, plural, one {{name} supprimé} other {# contrôles supprimés}}',
  },
  tagged: {
    en: '{count, plural, one {{name} has the tag {tag}} other {# checks have the tag {tag}}}',
    fr: '{count, plural, one {{name} a l’étiquette {tag}} other {# contrôles ont l’étiquette {tag}}}',
  },
  untagged: {
    en: '{count, plural, one {{name} lost the tag {tag}} other {# checks lost the tag {tag}}}',
    fr: '{count, plural, one {{name} n’a plus l’étiquette {tag}} other {# contrôles n’ont plus l’étiquette {tag}}}',
  },
  told: {
    en: '{count, plural, one {{name} tells {channel}} other {# checks tell {channel}}}',
    fr: '{count, plural, one {{name} prévient {channel}} other {# contrôles préviennent {channel}}}',
  },
  untold: {
    en: '{count, plural, one {{name} no longer tells {channel}} other {# checks no longer tell {channel}}}',
    fr: '{count, plural, one {{name} ne prévient plus {channel}} other {# contrôles ne préviennent plus {channel}}}',
  },
  failed: {
    en: '{count, plural, one {One check could not be changed: {why}} other {# checks could not be changed: {why}}}',
    fr: '{count, plural, one {Un contrôle n’a pas pu être changé : {why}} other {# contrôles n’ont pas pu être changés : {why}}}',
  },
});
