/** What is done to one check or to many: shown at once, taken back by "undo". */
import { useQueryClient } from '@tanstack/react-query';
import type { Check } from '@vigie/contract';
import { useMemo } from 'react';
import { patchChecks, relistChecks, settleRemoved } from '../api/check-cache.ts';
import { useT } from '../i18n/language.tsx';
import { defineMessages, type Message } from '../i18n/messages.ts';
import { useProject } from '../shell/project.ts';
import {
  type Action,
  channelAction,
  inBulk,
  PAUSE,
  REMOVE,
  RESTORE,
  RESUME,
  tagAction,
} from './check-changes.ts';
import { useHeldBack } from './held-back.ts';
import { showPending } from './pending-changes.ts';
import { useToasts } from './toast.tsx';

/** As much of a check, or of a service, as has to be known to act on it. */
export type Actable = Pick<Check, 'id' | 'name' | 'slug' | 'status'>;

export interface CheckActions {
  pause(checks: readonly Actable[]): void;
  resume(checks: readonly Actable[]): void;
  remove(checks: readonly Actable[]): void;
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
    const reversible = (checks: readonly Actable[], action: Action, contrary: Action, text: string): void => {
      const ids = checks.map(({ id }) => id);
      const settle = showPending(ids, action);
      const undo = (done: readonly string[]): void => {
        const settleBack = showPending(done, contrary);
        void perform(done, contrary).catch(toasts.fail).finally(settleBack);
      };
      void perform(ids, action)
        .then((done) => {
          if (done.length > 0) toasts.say(text, { undo: () => undo(done) });
        })
        .catch(toasts.fail)
        .finally(settle);
    };
    /** Removes them now. They stay out of sight until they are restored, or until the server says that they are gone. */
    const removed = (checks: readonly Actable[], text: string): void => {
      const ids = checks.map(({ id }) => id);
      const settle = showPending(ids, REMOVE);
      const restore = async (done: readonly string[]): Promise<void> => {
        await perform(done, RESTORE);
        await relistChecks(client, project);
      };
      void perform(ids, REMOVE)
        .then((done) => {
          const show = showPending(done, REMOVE);
          const undo = () => void restore(done).catch(toasts.fail).finally(show);
          if (done.length > 0)
            toasts.say(text, { undo, onGone: () => void settleRemoved(client, done).then(show) });
        })
        .catch(toasts.fail)
        .finally(settle);
    };
    /** Does it when nobody can take it back any more: the server knows no way back. */
    const heldBack = (checks: readonly Actable[], action: Action, text: string): void => {
      const ids = checks.map(({ id }) => id);
      const settle = showPending(ids, action);
      holdBack({
        text,
        undo: settle,
        async commit(keepalive) {
          await perform(ids, action, keepalive);
          settle();
        },
      });
    };
    const many = (message: Message, checks: readonly Actable[], values = {}): string =>
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
      remove: (checks) => removed(checks, many(messages.removed, checks)),
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
