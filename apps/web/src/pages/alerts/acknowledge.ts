import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import type { Alert } from '@vigie/contract';
import { useMemo } from 'react';
import { patchAlerts } from '../../api/alert-cache.ts';
import { call } from '../../api/client.ts';
import { useUser } from '../../api/session.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { titleOf } from './alert-words.ts';

export type Acknowledge = (alerts: readonly Alert[], comment?: string) => void;

/** Whether an alert waits for somebody to be at it. */
export function isOpen({ state, acknowledged }: Alert): boolean {
  return state === 'firing' && acknowledged === null;
}

/** Says that one is at alerts, shown at once; "undo" takes back what was one's own doing. */
export function useAcknowledge(): Acknowledge {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const me = useUser()?.email ?? '';
  return useMemo(() => {
    const takeBack = async (alerts: readonly Alert[]): Promise<void> => {
      show(client, alerts, () => null);
      const { failures } = await each(alerts, (alert) => call<Alert>('DELETE', pathOf(alert)));
      settle(client, alerts);
      if (failures.length > 0) toasts.fail(failures[0]);
    };
    const take = async (alerts: readonly Alert[], comment: string): Promise<void> => {
      const at = new Date().toISOString();
      show(client, alerts, () => ({ at, by: me }));
      const body = comment === '' ? {} : { comment };
      const { done, failures } = await each(alerts, (alert) => call<Alert>('POST', pathOf(alert), { body }));
      const now = new Map(done.map(({ id, acknowledged }) => [id, acknowledged]));
      show(client, alerts, ({ id }) => now.get(id) ?? null);
      settle(client, alerts);
      if (failures.length > 0) toasts.fail(failures[0]);
      const mine = done.filter(({ acknowledged }) => acknowledged?.by === me);
      const [first] = mine;
      const other = done.find((alert) => !mine.includes(alert));
      if (first !== undefined) {
        const text = t(messages.acknowledged, { count: mine.length, name: titleOf(first) });
        toasts.say(text, { undo: () => void takeBack(mine) });
      } else if (other?.acknowledged) {
        toasts.say(t(messages.other, { who: other.acknowledged.by, name: titleOf(other) }));
      }
    };
    return (alerts, comment = '') => {
      const open = alerts.filter(isOpen);
      if (open.length > 0) void take(open, comment);
    };
  }, [t, client, toasts, me]);
}

function pathOf({ id }: Alert): string {
  return `/alerts/${id}/acknowledge`;
}

/** Does it to all at once. */
async function each(
  alerts: readonly Alert[],
  action: (alert: Alert) => Promise<Alert>,
): Promise<{ done: Alert[]; failures: unknown[] }> {
  const done: Alert[] = [];
  const failures: unknown[] = [];
  for (const result of await Promise.allSettled(alerts.map(action))) {
    if (result.status === 'fulfilled') done.push(result.value);
    else failures.push(result.reason);
  }
  return { done, failures };
}

function show(
  client: QueryClient,
  alerts: readonly Alert[],
  acknowledged: (alert: Alert) => Alert['acknowledged'],
): void {
  const ids = new Set(alerts.map(({ id }) => id));
  const [first] = alerts;
  if (first === undefined) return;
  patchAlerts(client, first.project, (alert) =>
    ids.has(alert.id) ? { ...alert, acknowledged: acknowledged(alert) } : alert,
  );
}

function settle(client: QueryClient, [first]: readonly Alert[]): void {
  if (first !== undefined) void client.invalidateQueries({ queryKey: ['alerts', first.project] });
  void client.invalidateQueries({ queryKey: ['alert'] });
}

const messages = defineMessages({
  acknowledged: {
    en: '{count, plural, one {Acknowledged {name}} other {Acknowledged # alerts}}',
    fr: '{count, plural, one {Vous prenez en charge {name}} other {Vous prenez en charge # alertes}}',
  },
  other: { en: '{who} is at it already: {name}', fr: '{who} s’en charge déjà : {name}' },
});
